"""The garbage collector is put off while very many objects are made, and works again afterwards."""

from __future__ import annotations

import gc
from threading import Barrier, Thread

import pytest

from cladist.rdf.bulk import uncollected


def test_it_is_off_inside_and_on_again_after() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_an_error() -> None:
    @uncollected()
    def fails() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        fails()
    assert gc.isenabled()


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_is_on_again_after_several_threads() -> None:
    together = Barrier(4)

    def work() -> None:
        with uncollected():
            together.wait()

    threads = [Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert gc.isenabled()
