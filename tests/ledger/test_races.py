"""Writers who race: in every round exactly one wins, and the others are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from cladist.ledger.ledger import Ledger

ROUNDS = 300


def test_of_four_writers_exactly_one_wins_every_round(ledger: Ledger, url: str) -> None:
    script = Path(__file__).with_name("racers.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script), url, str(ROUNDS)]
    raced = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    rounds = [json.loads(line) for line in raced.stdout.splitlines()]
    assert len(rounds) == ROUNDS
    assert [Counter(outcomes) for outcomes in rounds] == [{"won": 1, "stale": 3}] * ROUNDS
    assert ledger.sequence() == ROUNDS + 1
    assert ledger.verify() == ()
