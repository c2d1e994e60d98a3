"""What is kept on disk: never a wrong version, for many processes, there without the service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cladist.client import CacheUnusable, Client, StaleAnswer
from cladist.client.cache import Cache, user_folder
from cladist.client.operation import Reply
from cladist.model.errors import StoreUnavailable, UnknownTaxonomy
from cladist.settings import Settings
from tests.api.serving import served
from tests.cli.program import Cli
from tests.client.scripted import Scripted, scripted

FOREVER = {"cache-control": "public, max-age=31536000, immutable", "etag": '"a"'}


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.answer"))


def test_full_numbers_stay_and_latest_follows(own: str, pets: Cli, tmp_path: Path) -> None:
    with Client(own, cache=tmp_path / "kept") as client:
        first = client.classes("pets", "2.0.0")
        assert client.classes("pets", "latest").version == "2.0.0"
        pets.text("add", "pets", "ferret", "--under", "animal")
        assert {each.label for each in client.classes("pets", "draft").classes} >= {"ferret"}
        pets.text("publish", "pets")
        assert client.classes("pets", "latest").version == "3.0.0"
        assert client.classes("pets", "2.0.0") == first
        assert [each.version for each in client.versions("pets")][-1] == "3.0.0"


def test_what_is_immutable_is_given_without_asking(settings: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with served(settings) as service, Client(str(service.base_url), cache=kept) as client:
        seen = (client.classes("pets", "1.0.0"), client.export("pets", "1.0.0", "yolo.yaml"))
        plan = client.plan("pets", "1.0.0", "2.0.0")
    with Client(str(service.base_url), cache=kept) as client:  # the service is away, and no warning
        assert seen == (
            client.classes("pets", "1.0.0"),
            client.export("pets", "1.0.0", "yolo.yaml"),
        )
        assert client.plan("pets", "1.0.0", "2.0.0") == plan


def test_what_may_have_changed_is_given_with_a_warning(settings: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with served(settings) as service, Client(str(service.base_url), cache=kept) as client:
        seen = (client.classes("pets"), client.versions("pets"))
        draft = client.draft("pets")
        client.validate("pets")
        client.resolve("pets", ["cat"], "1.0.0", "2.0.0")
    url = str(service.base_url)
    with Client(url, cache=kept, attempts=1) as client:
        with pytest.warns(StaleAnswer, match=r"latest/classes.* last, on \d{4}-\d\d-\d\d"):
            assert client.classes("pets") == seen[0]
        with pytest.warns(StaleAnswer, match="versions"):
            assert client.versions("pets") == seen[1]
        nothing: list[Callable[[], object]] = [
            lambda: client.draft("pets"),
            lambda: client.validate("pets"),
            lambda: client.edit(draft, [{"op": "remove_exclusive_group", "id": "urn:x:y"}]),
            lambda: client.resolve("pets", ["cat"], "1.0.0", "2.0.0"),
            lambda: client.classes("pets", "1.0.0"),
        ]
        for each in nothing:
            with pytest.raises(StoreUnavailable, match="does not answer"):
                each()
    with Client(url, cache=None, attempts=1) as client, pytest.raises(StoreUnavailable):
        client.classes("pets")


def test_only_what_changed_is_sent_again(own: str, tmp_path: Path) -> None:
    with scripted([], behind=own) as (url, asked), Client(url, cache=tmp_path) as client:
        first = client.classes("pets")
        (file,) = files(tmp_path)
        before = file.read_bytes()
        assert client.classes("pets") == first
        assert "if-none-match" not in asked[0].headers
        assert asked[1].headers["if-none-match"].startswith('"')
        assert file.read_bytes() != before, "the time of its confirmation is not kept"
        assert file.read_bytes().partition(b"\n")[2] == before.partition(b"\n")[2]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data.replace(b"cat", b"cot"),
        lambda data: b"\x00" * len(data),
        lambda data: data.replace(b"1.0.0/classes", b"2.0.0/classes", 1),
    ],
    ids=["cut", "empty", "altered", "zeros", "of another URL"],
)
def test_a_damaged_file_is_as_good_as_none(
    url: str, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    with Client(url, cache=tmp_path) as client:
        first = client.classes("pets", "1.0.0")
        (file,) = files(tmp_path)
        file.write_bytes(damage(file.read_bytes()))
        assert client.classes("pets", "1.0.0") == first
        assert files(tmp_path) == [file]


def test_an_answer_of_another_release_is_asked_for_anew(url: str, tmp_path: Path) -> None:
    path = "/api/v1/taxonomies/pets/versions/1.0.0/index"
    Cache(tmp_path).put(url + path, Reply(200, FOREVER, b'{"old": "form"}'))
    with Client(url, cache=tmp_path) as client:
        assert client.class_index("pets", "1.0.0").size == 4


def test_refusals_and_what_cannot_be_read_are_not_kept(url: str, tmp_path: Path) -> None:
    with Client(url, cache=tmp_path) as client, pytest.raises(UnknownTaxonomy):
        client.classes("birds")
    portal = Scripted(200, {**FOREVER, "content-type": "text/html"}, b"<html>Log in</html>")
    with scripted([portal], behind=url) as (gate, _), Client(gate, cache=tmp_path) as client:
        with pytest.raises(Exception, match="check the service's URL"):
            client.classes("pets", "1.0.0")
        assert files(tmp_path) == []
        assert client.classes("pets", "1.0.0").version == "1.0.0"


def test_a_service_that_answers_only_with_a_gateway_is_away(url: str, tmp_path: Path) -> None:
    gateway = Scripted(502, {"content-type": "text/html"}, b"<html>Bad gateway</html>")
    with Client(url, cache=tmp_path) as client:
        first = client.versions("pets")
    with scripted([gateway] * 3) as (gate, _), Client(gate, cache=tmp_path, attempts=1) as client:
        with pytest.raises(StoreUnavailable, match="502"):
            client.versions("pets")
        Cache(tmp_path).put(
            f"{gate}/api/v1/taxonomies/pets/versions", Reply(200, {}, b'{"versions": []}')
        )
        with pytest.warns(StaleAnswer):
            assert client.versions("pets") == ()
    assert first


PROGRAM = """
import sys
from cladist.client import Client
with Client(sys.argv[1], cache=sys.argv[2]) as client:
    for _ in range(10):
        for selector in ("1.0.0", "2.0.0", "latest"):
            assert client.classes("pets", selector).version == selector.replace("latest", "2.0.0")
"""


def test_processes_share_a_folder(url: str, tmp_path: Path, root: Path) -> None:
    words = [sys.executable, "-W", "error", "-c", PROGRAM, url, str(tmp_path / "kept")]
    env = {**os.environ, "PYTHONPATH": str(root / "service")}
    running = [subprocess.Popen(words, env=env) for _ in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    assert len(files(tmp_path / "kept")) == 3
    assert not list((tmp_path / "kept").glob("*.part"))


def test_a_folder_has_a_bound(tmp_path: Path) -> None:
    cache = Cache(tmp_path, bound=10_000)
    abandoned = tmp_path / "x.part"
    abandoned.write_bytes(b"x")
    os.utime(abandoned, (0, 0))
    for number in range(10):
        before = set(files(tmp_path))
        cache.put(f"http://x/{number}", Reply(200, FOREVER, b"x" * 2_000))
        (new,) = set(files(tmp_path)) - before
        os.utime(new, (1_000_000_000, 1_000_000_000 + number))
        assert cache.get("http://x/0") is not None, "what is used goes last"
    assert sum(each.stat().st_size for each in files(tmp_path)) <= 10_000
    assert cache.get("http://x/9") is not None and cache.get("http://x/1") is None
    assert not abandoned.exists()
    cache.put("http://x/large", Reply(200, FOREVER, b"x" * 9_000))
    assert cache.get("http://x/large") is None


def test_what_was_called_immutable_ends_with_its_age(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("http://x/", Reply(200, FOREVER, b"{}"))
    kept = cache.get("http://x/")
    assert kept is not None
    assert kept.final(kept.date + 31_535_999) and not kept.final(kept.date + 31_536_001)
    cache.put("http://x/", Reply(200, {"cache-control": "public, max-age=10"}, b"{}"))
    kept = cache.get("http://x/")
    assert kept is not None and not kept.final(kept.date)


def test_where_nothing_can_be_kept_the_answer_comes_with_a_warning(
    url: str, tmp_path: Path
) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")
    with Client(url, cache=place) as client, pytest.warns(CacheUnusable, match="cannot be written"):
        assert client.classes("pets", "1.0.0").version == "1.0.0"


def test_no_password_is_kept(url: str, tmp_path: Path) -> None:
    with Client(url.replace("//", "//ada:secret@"), cache=tmp_path) as client:
        client.classes("pets", "1.0.0")
    (file,) = files(tmp_path)
    assert b"secret" not in file.read_bytes()


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder() == tmp_path / "cladist"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    found = user_folder()
    assert found is not None and found.is_relative_to(tmp_path)
