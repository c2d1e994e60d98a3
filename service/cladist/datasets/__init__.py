"""Datasets that follow a taxonomy: records, what becomes of their labels, and every format.

``records.py`` has the values, ``plan.py`` what is known of the two versions, ``migrate.py`` the
pure core. ``formats/`` has one module for each dataset format.
"""
