"""Migrations that the service does for others: a job is a folder, and a child process does it.

``job.py`` has what is known of a job, ``folder.py`` keeps it on disk so that it survives a restart,
``runner.py`` gives jobs to children one after another, and ``work.py`` is such a child.
"""
