"""Links that leave the site: which there are, how they are asked for, what is remembered, and what is told."""

import json
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingshi import cli as cli_module
from mingshi import external
from mingshi.cli import cli
from mingshi.external.address import Address, below, follow, keeps_its_bytes, parse, sibling
from mingshi.external.asking import Answer, Means, ask
from mingshi.external.collecting import Link
from mingshi.external.examining import Examined, Options, examine
from mingshi.external.guard import door
from mingshi.external.judging import FINE, Finding, from_opinion
from mingshi.external.ledger import (
    REMEMBERED,
    Ledger,
    LedgerError,
    Look,
    ledger_text,
    parse_ledger,
    read_ledger,
    strikes,
    verdict,
    write_ledger,
)
from mingshi.external.linkchecker import COMMAND, FirstLook, Opinion, first_look, opinions
from mingshi.external.looking import Eyes, Jar, Pace, Turns, look, retry_after
from mingshi.external.reach import Reach, UnreachableError, is_public
from mingshi.external.visiting import Visit, Visits
from mingshi.problems import Level, Mark, Problem
from mingshi.wording import AUTHOR_LANGUAGES, REASONS
from office import DOCUMENT, FAQ, SERVICE, SITE, catalogue, office, ten_items, vary
from sites import write
from stage import ARTICLE, Names, Reply, Stage, means, open_stage, page

DAY = date(2026, 11, 21)
GOOD = Reply(body=page("失業給付", ARTICLE))
PDF = Reply(body=b"%PDF-1.7\n" + bytes(3000), type="application/pdf")
QUICK = Pace(pause=0, back_off=0.01)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage() as own:
        yield own


def eyes(stage: Stage, pace: Pace = QUICK) -> Eyes:
    return Eyes(means(stage), Turns(pace))


def at(url: str, line: int = 1, unit: str = "") -> Link:
    return Link(url, Mark("data/faqs/x.yml", line), "faq:x", unit)


def address(url: str) -> Address:
    own = parse(url)
    assert own is not None
    return own


def names(stage_means: object) -> Names:
    reach = getattr(stage_means, "reach", None)
    assert isinstance(reach, Names)
    return reach


# --- Addresses


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("https://www.gov.tw", "https://www.gov.tw/"),
        ("https://www.gov.tw?x", "https://www.gov.tw/?x"),
        ("HTTP://WWW.GOV.TW/A", "http://www.gov.tw/A"),
        ("http://www.gov.tw:80/", "http://www.gov.tw/"),
        ("https://www.gov.tw:8443/a", "https://www.gov.tw:8443/a"),
        ("https://www.gov.tw/q?x=%B9w%BA%E2", "https://www.gov.tw/q?x=%B9w%BA%E2"),
        ("https://www.gov.tw/q?x=%b9w%ba%e2", "https://www.gov.tw/q?x=%b9w%ba%e2"),
        ("https://www.gov.tw/預算?年=115", "https://www.gov.tw/%E9%A0%90%E7%AE%97?%E5%B9%B4=115"),
        ("https://www.gov.tw/a b", "https://www.gov.tw/a%20b"),
        ("https://www.gov.tw/a?", "https://www.gov.tw/a?"),
        ("https://www.gov.tw/a//b/../c;d=1|2^3", "https://www.gov.tw/a//b/../c;d=1|2^3"),
        ("https://www.gov.tw/100%", "https://www.gov.tw/100%"),
        ("https://中文.tw/", "https://xn--fiq228c.tw/"),
        ("https://user:word@www.gov.tw/", "https://www.gov.tw/"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://www.gov.tw/a#b?c", "https://www.gov.tw/a"),
    ],
)
def test_what_is_sent_for_a_url(url: str, wire: str) -> None:
    assert address(url).wire == wire


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https:///a",
        "ftp://www.gov.tw/",
        "https://a..b/",
        "https://www.gov.tw:0/",
        "https://www.gov.tw:99999/",
        "https://[::1/",
        "http://exa mple/",
        "mailto:a@b.tw",
        "//www.gov.tw/",
        "https://\ud800.tw/",
    ],
)
def test_what_no_browser_could_open(url: str) -> None:
    assert parse(url) is None


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://www.gov.tw/b"),
        ("b?x=1", "https://www.gov.tw/a/b?x=1"),
        ("?y", "https://www.gov.tw/a/page?y"),
        ("//moda.gov.tw/x", "https://moda.gov.tw/x"),
        ("http://moda.gov.tw/?q=%b9w", "http://moda.gov.tw/?q=%b9w"),
        ("/\xb9w?x=\xba\xe2", "https://www.gov.tw/%B9w?x=%BA%E2"),
        (" /b ", "https://www.gov.tw/b"),
    ],
)
def test_where_a_redirect_leads(location: str, url: str) -> None:
    assert follow(address("https://www.gov.tw/a/page?x"), location) == url


def test_a_sibling_is_always_the_same_and_never_the_page() -> None:
    own = address("https://www.gov.tw/a/b.aspx?x=1")
    assert sibling(own) == sibling(address("https://www.gov.tw/a/c.aspx"))
    assert sibling(own).startswith("https://www.gov.tw/a/mingshi-")
    assert sibling(own).endswith(".aspx")
    assert sibling(own) != sibling(address("https://www.gov.tw/b/b.aspx"))


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://labor.demo.tw/", True),
        ("http://labor.demo.tw/x", True),
        ("https://labor.demo.tw", True),
        ("https://labor.demo.tw.evil.tw/", False),
        ("https://demo.tw/", False),
    ],
)
def test_what_belongs_to_the_site_itself(url: str, inside: bool) -> None:
    assert below(url, "https://labor.demo.tw/") == inside


def test_a_site_in_a_folder_is_not_the_whole_host() -> None:
    assert below("https://a.github.io/site/x", "https://a.github.io/site/")
    assert below("https://a.github.io/site", "https://a.github.io/site/")
    assert not below("https://a.github.io/other/", "https://a.github.io/site/")


ESCAPES = st.integers(0, 255).flatmap(lambda byte: st.sampled_from([f"%{byte:02X}", f"%{byte:02x}"]))
SENT_AS_IS = st.sampled_from([chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>`#?\\'])
TARGETS = st.lists(ESCAPES | SENT_AS_IS, max_size=30).map("".join)


@given(path=TARGETS, query=st.none() | TARGETS)
def test_an_address_keeps_every_byte(path: str, query: str | None) -> None:
    target = f"/{path}" + ("" if query is None else f"?{query}")
    assert address(f"https://www.gov.tw{target}").target == target
    assert follow(address("https://www.gov.tw/"), f"https://www.gov.tw{target}") == f"https://www.gov.tw{target}"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=TARGETS, query=TARGETS)
def test_every_byte_arrives(stage: Stage, path: str, query: str) -> None:
    stage.requests.clear()
    # A path of two slashes is read as one by the server that plays, not by the line that it got.
    answer = ask(address(f"http://www.gov.tw/{path}?{query}"), "GET", means(stage))
    assert isinstance(answer, Answer)
    assert [one.line for one in stage.requests] == [f"GET /{path}?{query} HTTP/1.1".encode()]


@settings(max_examples=200)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_what_is_not_ascii_goes_out_as_utf8(text: str) -> None:
    own = parse(f"https://www.gov.tw/{text}")
    assert own is not None
    assert own.target.isascii()
    assert not set(own.target) & set(' "<>`')


# --- Which machines may be asked


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "198.18.0.1",
        "192.0.2.1",
    ],
)
def test_private_addresses(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize("text", ["1.1.1.1", "203.65.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(text: str) -> None:
    assert is_public(text)


def test_a_name_with_one_private_address_is_refused_unless_an_option_says_so() -> None:
    both = Reach(resolve=lambda _: ["1.1.1.1", "192.168.0.1"])
    with pytest.raises(UnreachableError, match="private"):
        both.addresses("www.gov.tw")
    assert Reach(True, lambda _: ["192.168.0.1"]).addresses("www.gov.tw") == ("192.168.0.1",)


def test_a_name_is_resolved_once_and_its_address_is_what_is_asked() -> None:
    asked: list[str] = []

    def turncoat(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["1.1.1.1"]

    reach = Reach(resolve=turncoat)
    assert reach.addresses("www.gov.tw") == reach.addresses("www.gov.tw") == ("1.1.1.1",)
    assert asked == ["www.gov.tw"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_never_asked_by_any_of_its_names(host: str) -> None:
    own = parse(f"http://{host}/")
    assert own is not None
    with pytest.raises(UnreachableError) as refused:
        Reach().connect(own.host, 80, 1)
    assert refused.value.reason in ("private", "no-host")


# On a busy machine linkchecker may reach its time limit first.
@pytest.mark.matrix
def test_a_redirect_leads_linkchecker_to_no_private_address_either(stage: Stage) -> None:
    own = means(stage)
    names(own).elsewhere["inside.gov.tw"] = "10.0.0.8"
    stage.play("http://www.gov.tw/a", Reply(302, headers=(("Location", "http://inside.gov.tw/admin"),)))
    first = first_look([address("http://www.gov.tw/a")], own.reach, own.agent, 60)
    assert first.fault == ""
    assert not first.opinions["http://www.gov.tw/a"].direct
    assert stage.asked("www.gov.tw") == ["GET /a"]
    assert stage.asked("inside.gov.tw") == []


def test_the_door_refuses_what_is_no_request_for_the_outside(stage: Stage) -> None:
    own = means(stage)
    names(own).elsewhere["inside.gov.tw"] = "10.0.0.8"
    stage.play("http://www.gov.tw/a", GOOD)
    with door(own.reach) as proxy:
        place = ("127.0.0.1", int(proxy.rpartition(":")[2]))

        def say(text: str) -> bytes:
            with socket.create_connection(place, 5) as line:
                line.sendall(text.encode())
                return line.recv(100).partition(b"\r\n")[0]

        assert say("GET http://inside.gov.tw/ HTTP/1.1\r\n\r\n") == b"HTTP/1.1 403 Forbidden"
        assert say("CONNECT inside.gov.tw:443 HTTP/1.1\r\n\r\n") == b"HTTP/1.1 403 Forbidden"
        assert say("GET /a HTTP/1.1\r\n\r\n") == b"HTTP/1.1 400 Bad Request"
        assert say("GET http://www.gov.tw/a HTTP/1.1\r\nHost: www.gov.tw\r\n\r\n") == b"HTTP/1.1 200 OK"
        assert say("CONNECT www.gov.tw:443 HTTP/1.1\r\n\r\n") == b"HTTP/1.1 200 OK"


# --- linkchecker


def test_linkchecker_looks_at_the_list_and_at_nothing_else(stage: Stage) -> None:
    own = means(stage)
    stage.play("http://a.gov.tw/page", Reply(body=page("甲", ARTICLE, "<a href=/next>next</a><img src=/x.png>")))
    stage.play("http://a.gov.tw/files/a.pdf", PDF)
    urls = ["http://a.gov.tw/page", "http://a.gov.tw/files/a.pdf", "http://a.gov.tw/none"]
    first = first_look([address(url) for url in urls], own.reach, own.agent, 60)
    assert (first.fault, first.detail) == ("", "")
    assert {url: (one.valid, one.direct) for url, one in first.opinions.items()} == {
        "http://a.gov.tw/page": (True, True),
        "http://a.gov.tw/files/a.pdf": (True, True),
        "http://a.gov.tw/none": (False, True),
    }
    assert first.opinions["http://a.gov.tw/files/a.pdf"].type == "application/pdf"
    assert sorted(stage.asked("a.gov.tw")) == ["GET /files/a.pdf", "GET /none", "GET /page"]
    assert stage.busiest == 1


def test_linkchecker_is_not_asked_for_what_it_would_rewrite(stage: Stage) -> None:
    own = means(stage)
    assert first_look([address("http://a.gov.tw/q?x=%B9w%BA%E2")], own.reach, own.agent, 60) == FirstLook({})
    assert stage.requests == []
    assert keeps_its_bytes(address("http://a.gov.tw/q?x=%E4%B8%AD"))


def test_big5_is_fine_by_the_second_look(stage: Stage) -> None:
    stage.play("http://a.gov.tw/q?x=%B9w%BA%e2", GOOD)
    seen = examine([at("http://a.gov.tw/q?x=%B9w%BA%e2")], Ledger(), DAY, means(stage), Options(pace=QUICK))
    assert seen.verdicts == {"http://a.gov.tw/q?x=%B9w%BA%e2": "fine"}
    assert all(one.line.startswith(b"GET /q?x=%B9w%BA%e2 ") for one in stage.requests if "mingshi-" not in one.target)


HEADING = "urlname;result;warningstring;infostring;valid;url\n"


def test_rows_that_were_cut_off_say_nothing() -> None:
    rows = HEADING + "http://a.tw/;200 OK;;;True;http://a.tw/\nhttp://b.tw/;404 Not Fo"
    assert opinions(rows, ["http://a.tw/", "http://b.tw/"]) == {"http://a.tw/": Opinion(True, "200 OK", "", True)}


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("import time; time.sleep(60)", "linkchecker-slow"),
        (
            "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])",
            "linkchecker-slow",
        ),
        ("raise RuntimeError('out of order')", "linkchecker-failed"),
        ("pass", "linkchecker-failed"),
        ("import nothing_of_that_name", "linkchecker-missing"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "linkchecker-failed"),
        ("print('x'); import sys; sys.exit(2)", "linkchecker-failed"),
    ],
)
def test_a_linkchecker_that_does_not_do_its_work(stage: Stage, script: str, fault: str) -> None:
    stage.play("http://a.gov.tw/", GOOD)
    start = time.monotonic()
    options = Options(pace=QUICK, first_seconds=1.5, command=(sys.executable, "-c", script))
    seen = examine([at("http://a.gov.tw/")], Ledger(), DAY, means(stage), options)
    assert [code for code, _ in seen.faults] == [fault]
    assert seen.partial
    assert seen.verdicts == {"http://a.gov.tw/": "fine"}
    assert time.monotonic() - start < 20


def test_no_linkchecker_at_all(stage: Stage) -> None:
    own = means(stage)
    first = first_look([address("http://a.gov.tw/")], own.reach, own.agent, 5, ("/nowhere/linkchecker",))
    assert (first.fault, dict(first.opinions)) == ("linkchecker-missing", {})


def test_what_linkchecker_said_before_it_was_stopped_counts(stage: Stage) -> None:
    row = "http://a.gov.tw/;200 OK;;;True;http://a.gov.tw/"
    script = f"import time; print({HEADING + row!r}, flush=True); time.sleep(60)"
    own = means(stage)
    first = first_look([address("http://a.gov.tw/")], own.reach, own.agent, 1.5, (sys.executable, "-c", script))
    assert first.fault == "linkchecker-slow"
    assert first.opinions == {"http://a.gov.tw/": Opinion(True, "200 OK", "", True)}


def test_what_linkchecker_settles_is_not_asked_again(stage: Stage) -> None:
    there = Opinion(True, "200 OK", "application/pdf", True)
    own = address("https://a.gov.tw/a.pdf")
    assert Visit(eyes(stage), {own.wire: there}).visit(own) == (Finding("fine", status=200), "")
    assert stage.requests == []
    for less in (
        replace(there, valid=False),
        replace(there, direct=False),
        replace(there, type="text/html"),
        replace(there, result="429 Too Many Requests"),
    ):
        assert from_opinion(own, less) is None
    assert from_opinion(address("http://a.gov.tw/a.pdf"), there) is None
    assert from_opinion(address("https://a.gov.tw/a"), replace(there, type="text/html")) is None


def test_two_clients_that_disagree_leave_it_open(stage: Stage) -> None:
    stage.play("https://a.gov.tw/x", Reply(404))
    own = address("https://a.gov.tw/x")
    there, gone = Opinion(True, "200 OK", "text/html", True), Opinion(False, "404 Not Found", "text/html", True)
    assert Visit(eyes(stage), {own.wire: there}).visit(own)[0] == Finding("unsure", "disagree", 404)
    assert Visit(eyes(stage), {own.wire: gone}).visit(own)[0] == Finding("failing", "not-found", 404)


# --- Manners


def test_one_request_at_a_time_per_host_with_a_pause_between(stage: Stage) -> None:
    urls = [f"http://{host}.gov.tw/{number}" for host in "abc" for number in range(3)]
    for url in urls:
        stage.play(url, replace(GOOD, hang=0.02))
    seen = examine([at(url) for url in urls], Ledger(), DAY, means(stage), Options(pace=Pace(pause=0.1)))
    assert set(seen.verdicts.values()) == {"fine"}
    assert stage.busiest == 1
    for host in "abc":
        times = [one.at for one in stage.requests if one.host == f"{host}.gov.tw" and not one.secure]
        gaps = [later - sooner for sooner, later in pairwise(times)]
        assert min(gaps) >= 0.09


def test_redirects_from_many_hosts_come_to_one_host_one_by_one(stage: Stage) -> None:
    stage.play("http://common.gov.tw/*", replace(GOOD, hang=0.1))
    urls = [f"http://{host}.gov.tw/" for host in "abcdef"]
    for url in urls:
        stage.play(url, Reply(302, headers=(("Location", f"http://common.gov.tw{url[6:8]}"),)))
    visits = Visits(eyes(stage), {})
    visits.go([address(url) for url in urls], 30)
    assert {one.outcome for one in visits.findings.values()} <= {"fine", "unsure"}
    assert len(visits.findings) == 6
    assert stage.busiest == 1


def test_the_check_says_who_it_is(stage: Stage) -> None:
    stage.play("http://a.gov.tw/", GOOD)
    own = replace(means(stage), agent=external.means_of("https://labor.demo.tw/", False).agent)
    examine([at("http://a.gov.tw/")], Ledger(), DAY, own, Options(pace=QUICK))
    assert {one.headers["User-Agent"] for one in stage.requests} == {
        "Mozilla/5.0 (compatible; Mingshi link check; +https://labor.demo.tw/)"
    }


def test_a_server_gets_the_pause_it_asks_for(stage: Stage) -> None:
    waits: list[float] = []
    pace = Pace(pause=0, back_off=2, wait=waits.append)
    stage.play("http://a.gov.tw/", Reply(429, headers=(("Retry-After", "7"),)), Reply(503), GOOD)
    assert look(address("http://a.gov.tw/"), eyes(stage, pace)).good
    assert waits == [7, 4]


def test_a_server_that_wants_to_be_left_alone_is(stage: Stage) -> None:
    stage.play("http://a.gov.tw/1", Reply(503, headers=(("Retry-After", "86400"),)))
    stage.play("http://a.gov.tw/2", GOOD)
    own = eyes(stage)
    assert look(address("http://a.gov.tw/1"), own).status == 503
    assert look(address("http://a.gov.tw/2"), own).reason == "left-alone"
    assert stage.asked("a.gov.tw") == ["GET /1"]


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Sat, 21 Nov 2026 10:00:30 GMT", 30),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_retry_after(told: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": told, "date": "Sat, 21 Nov 2026 10:00:00 GMT"}) == seconds


def test_a_date_to_come_back_means_nothing_without_the_date_of_the_server() -> None:
    assert retry_after({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT"}) is None


def test_a_file_without_end_is_not_read_to_its_end(stage: Stage) -> None:
    endless = Reply(body=PDF.body, type="application/pdf", length=2 << 30, endless=200)
    stage.play("http://a.gov.tw/big.pdf", endless)
    seen = look(address("http://a.gov.tw/big.pdf"), eyes(stage))
    assert isinstance(seen.end, Answer)
    assert len(seen.end.body) <= 4 * 1024
    assert not seen.end.whole
    assert stage.sent < 50 * 1024 * 1024


def test_the_head_of_a_file_is_enough(stage: Stage) -> None:
    stage.play("http://a.gov.tw/a.pdf", PDF)
    assert look(address("http://a.gov.tw/a.pdf"), eyes(stage), ("application/pdf",)).good
    assert stage.asked("a.gov.tw") == ["HEAD /a.pdf"]


def test_cookies_go_back_to_who_set_them_only() -> None:
    jar, here, there = Jar(), address("https://a.gov.tw/"), address("https://b.gov.tw/")
    assert jar.keep(here, ("a=1; Path=/; HttpOnly", "b=2", "nonsense;"))
    assert not jar.keep(here, ("a=1",))
    assert jar.cookie(here) == "a=1; b=2; nonsense="
    assert jar.cookie(there) == ""


def test_nonsense_is_asked_for_once_a_folder(stage: Stage) -> None:
    for number in range(3):
        stage.play(f"http://a.gov.tw/a/{number}", GOOD)
    visit = Visit(eyes(stage), {})
    for number in range(3):
        assert visit.visit(address(f"http://a.gov.tw/a/{number}"))[0].outcome == "fine"
    assert sum("mingshi-" in target for target in stage.asked("a.gov.tw")) == 1


def test_time_that_runs_out_leaves_a_partial_result(stage: Stage) -> None:
    urls = [f"http://a.gov.tw/{number}" for number in range(20)]
    for url in urls:
        stage.play(url, replace(GOOD, hang=0.5))
    options = Options(pace=QUICK, second_seconds=4, command=(sys.executable, "-c", f"print({HEADING!r})"))
    seen = examine([at(url) for url in urls], Ledger(), DAY, means(stage), options)
    assert seen.partial
    assert [code for code, _ in seen.faults] == ["external-unfinished"]
    assert 0 < seen.looked < 20
    assert seen.looked + seen.waiting == 20


def test_a_surprise_in_a_thread_is_not_lost(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def surprise(*_: object) -> None:
        raise RuntimeError("a surprise")

    monkeypatch.setattr(Visit, "visit", surprise)
    with pytest.raises(RuntimeError, match="a surprise"):
        Visits(eyes(stage), {}).go([address("http://a.gov.tw/")], 5)


def test_a_host_that_hangs_holds_nobody_else(stage: Stage) -> None:
    stage.play("http://slow.gov.tw/", Reply(404, hang=1.5))
    stage.play("http://a.gov.tw/", GOOD)
    visits = Visits(Eyes(means(stage, timeout=60, longest=60), Turns(QUICK)), {})
    start = time.monotonic()
    visits.go([address("http://slow.gov.tw/"), address("http://a.gov.tw/")], 1.0)
    assert time.monotonic() - start < 5
    assert {url: one.outcome for url, one in visits.findings.items()} == {"http://a.gov.tw/": "fine"}
    # What it says at last comes too late.
    time.sleep(1.0)
    assert list(visits.findings) == ["http://a.gov.tw/"]


# --- No network


def no_network(stage: Stage, *hosts: str, code: int = socket.EAI_AGAIN) -> Means:
    own = means(stage)
    names(own).elsewhere |= {host: socket.gaierror(code, "no") for host in hosts}
    return own


NO_FIRST_LOOK = (sys.executable, "-c", f"print({HEADING!r})")


def test_without_a_network_nothing_is_dead(stage: Stage) -> None:
    before = Ledger({"http://a.gov.tw/": (Look(day=DAY - timedelta(1), outcome="fine"),)})
    options = Options(strict=True, pace=QUICK, command=NO_FIRST_LOOK)
    own = no_network(stage, "a.gov.tw", "b.gov.tw")
    seen = examine([at("http://a.gov.tw/"), at("http://b.gov.tw/")], before, DAY, own, options)
    assert [code for code, _ in seen.faults] == ["network-missing"]
    assert seen.partial
    assert seen.ledger == before
    assert seen.verdicts == {"http://a.gov.tw/": "fine"}


def test_three_hosts_that_all_vanish_at_once_mean_no_network(stage: Stage) -> None:
    hosts = ["a.gov.tw", "b.gov.tw", "c.gov.tw"]
    options = Options(pace=QUICK, command=NO_FIRST_LOOK)
    own = no_network(stage, *hosts, code=socket.EAI_NONAME)
    assert examine([at(f"http://{host}/") for host in hosts], Ledger(), DAY, own, options).faults
    # Those that failed before tell nothing new.
    old = Ledger({f"http://{host}/": (Look(day=DAY - timedelta(1), outcome="failing"),) for host in hosts})
    seen = examine([at(f"http://{host}/") for host in hosts], old, DAY, own, options)
    assert not seen.faults
    assert set(seen.verdicts.values()) == {"unsure"}


def test_one_answer_proves_a_network(stage: Stage) -> None:
    stage.play("http://here.gov.tw/", Reply(404))
    own = no_network(stage, "a.gov.tw", "b.gov.tw", "c.gov.tw", code=socket.EAI_NONAME)
    links = [at(f"http://{host}.gov.tw/") for host in ("a", "b", "c", "here")]
    seen = examine(links, Ledger(), DAY, own, Options(strict=True, pace=QUICK, command=NO_FIRST_LOOK))
    assert not seen.faults
    assert set(seen.verdicts.values()) == {"dead"}


# --- The ledger

OUTCOMES = st.sampled_from(["fine", "moved", "blocked", "unsure", "failing"])
FINDINGS = st.builds(Finding, OUTCOMES, st.sampled_from(["", *REASONS]), st.integers(0, 999), st.text(max_size=20))
URLS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))


@given(st.lists(st.tuples(DAYS, st.dictionaries(URLS, FINDINGS, max_size=4)), max_size=20))
def test_a_ledger_comes_back_as_it_was_written(runs: list[tuple[date, Mapping[str, Finding]]]) -> None:
    ledger = Ledger()
    for day, findings in runs:
        ledger = ledger.with_looks(day, findings, {*ledger.looks, *findings})
    text = ledger_text(ledger)
    assert parse_ledger(text) == ledger
    assert ledger_text(parse_ledger(text)) == text
    for looks in ledger.looks.values():
        days = [look.day for look in looks]
        assert days == sorted(set(days))
        assert 0 < len(days) <= REMEMBERED
        assert strikes(looks) <= sum(look.outcome == "failing" for look in looks)


@given(st.permutations([("a", "fine"), ("b", "failing"), ("c", "moved")]))
def test_the_order_of_what_was_seen_changes_no_byte(order: list[tuple[str, str]]) -> None:
    findings = {url: Finding(outcome) for url, outcome in order}  # type: ignore[arg-type]
    expected = Ledger().with_looks(DAY, {"a": FINE, "b": Finding("failing"), "c": Finding("moved")}, "abc")
    assert ledger_text(Ledger().with_looks(DAY, findings, [url for url, _ in order])) == ledger_text(expected)


def history(*outcomes: str) -> tuple[Look, ...]:
    return tuple(Look(day=DAY + timedelta(number), outcome=own) for number, own in enumerate(outcomes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ("", None),
        ("fine", "fine"),
        ("failing", "unsure"),
        ("failing failing", "unsure"),
        ("failing failing failing", "dead"),
        ("fine failing failing failing", "dead"),
        ("failing failing fine failing", "unsure"),
        ("failing failing moved", "moved"),
        ("failing unsure failing unsure failing", "dead"),
        ("failing failing failing unsure", "dead"),
        ("failing failing failing fine", "fine"),
        ("failing failing failing blocked", "blocked"),
        ("failing failing blocked failing", "unsure"),
        ("unsure unsure unsure", "unsure"),
    ],
)
def test_dead_after_three_strikes_on_different_days(outcomes: str, expected: str | None) -> None:
    assert verdict(history(*outcomes.split())) == expected


def test_strict_needs_one_failure_only() -> None:
    assert verdict(history("fine", "failing"), strict=True) == "dead"
    assert verdict(history("failing", "unsure"), strict=True) == "unsure"
    assert verdict(history("failing", "fine"), strict=True) == "fine"


def test_three_looks_on_one_day_are_one_strike() -> None:
    ledger = Ledger()
    for _ in range(3):
        ledger = ledger.with_looks(DAY, {"a": Finding("failing", "not-found", 404)}, "a")
    assert strikes(ledger.of("a")) == 1
    assert ledger.with_looks(DAY, {"a": FINE}, "a").of("a") == (Look(day=DAY, outcome="fine"),)


def test_the_last_looks_are_kept() -> None:
    ledger = Ledger()
    for number in range(REMEMBERED + 5):
        ledger = ledger.with_looks(DAY + timedelta(number), {"a": FINE}, "a")
    assert [look.day for look in ledger.of("a")] == [DAY + timedelta(number) for number in range(5, REMEMBERED + 5)]


def test_addresses_that_are_no_longer_used_are_dropped() -> None:
    ledger = Ledger().with_looks(DAY, {"a": FINE, "b": FINE}, "ab")
    assert list(ledger.with_looks(DAY, {}, "b").looks) == ["b"]


def test_the_file_of_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "data/ledger/links.json"
    assert read_ledger(path) == Ledger()
    ledger = Ledger().with_looks(
        DAY, {"https://b.tw/預算": Finding("moved", "moved", 200, "https://c.tw/")}, ["https://b.tw/預算"]
    )
    write_ledger(path, ledger)
    assert path.read_text("utf-8") == (
        '{\n "format": 1,\n "urls": {\n  "https://b.tw/預算": {\n   "verdict": "moved",\n   "looks": [\n    {\n'
        '     "day": "2026-11-21",\n     "outcome": "moved",\n     "reason": "moved",\n     "status": 200,\n'
        '     "to": "https://c.tw/"\n    }\n   ]\n  }\n }\n}\n'
    )
    before = path.stat().st_mtime_ns
    write_ledger(path, read_ledger(path))
    assert path.stat().st_mtime_ns == before
    assert [own.name for own in path.parent.iterdir()] == ["links.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "urls": {}}',
        '{"format": 1, "urls": []}',
        '{"format": 1, "urls": {"a": 1}}',
        '{"format": 1, "urls": {"a": {"looks": 1}}}',
        '{"format": 1, "urls": {"a": {"looks": [{"day": "x", "outcome": "fine"}]}}}',
        '{"format": 1, "urls": {"a": {"looks": [{"day": "2026-11-21", "outcome": "good"}]}}}',
        '{"format": 1, "urls": {"a": {"looks": ['
        '{"day": "2026-11-22", "outcome": "fine"}, {"day": "2026-11-21", "outcome": "fine"}]}}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_ledger_is_refused(text: str) -> None:
    with pytest.raises(LedgerError):
        parse_ledger(text)


def test_what_was_seen_longest_ago_comes_first(stage: Stage) -> None:
    looks = {
        f"http://a.gov.tw/{name}": (Look(day=DAY - timedelta(days), outcome="fine"),)
        for name, days in (("x", 2), ("y", 9))
    }
    for name in "xyz":
        stage.play(f"http://a.gov.tw/{name}", GOOD)
    links = [at(f"http://a.gov.tw/{name}") for name in "xyz"]
    seen = examine(links, Ledger(looks), DAY, means(stage), Options(limit=2, pace=QUICK, command=NO_FIRST_LOOK))
    assert (seen.looked, seen.waiting) == (2, 1)
    asked = {target for target in stage.asked("a.gov.tw") if "mingshi-" not in target}
    assert asked == {"GET /y", "GET /z"}
    assert not seen.partial


# --- Collecting

LINKED = "一般說明請看[說明]({url})。"


def collected(folder: Path, files: Mapping[str, str | bytes]) -> list[Link]:
    data = office(folder, files)
    return external.collect(catalogue(data), folder, folder / "site_src")


def places(links: list[Link], host: str) -> list[tuple[str, str, str, str]]:
    return [(link.url, str(link.mark), link.owner, link.unit) for link in links if host in link.url]


def test_url_fields_and_prose_with_their_lines_and_units(tmp_path: Path) -> None:
    prose = "|\n    第一行。\n\n    第二行有[甲](https://a.tw/1)和[乙](https://a.tw/1)，\n    還有 <https://a.tw/%B9w?x=%ba&y>。\n"
    faq = vary(FAQ, "answer: {zh: 可以。, en: Yes.}", f"answer:\n  zh: {prose}  en: See [this](https://a.tw/en).")
    links = collected(
        tmp_path, {"faqs/x.yml": faq, "documents/law.yml": vary(DOCUMENT, "https://law.moj.gov.tw/", "https://b.tw/法")}
    )
    assert places(links, "a.tw") == [
        ("https://a.tw/%B9w?x=%ba&y", "data/faqs/x.yml:7:9", "faq:x", "unit:front-desk"),
        ("https://a.tw/1", "data/faqs/x.yml:6:13", "faq:x", "unit:front-desk"),
        ("https://a.tw/1", "data/faqs/x.yml:6:33", "faq:x", "unit:front-desk"),
        ("https://a.tw/en", "data/faqs/x.yml:8:18", "faq:x", "unit:front-desk"),
    ]
    assert places(links, "b.tw") == [
        ("https://b.tw/法", "data/documents/law.yml:6:6", "document:law", "unit:front-desk")
    ]


def test_groups_lists_and_the_site_itself(tmp_path: Path) -> None:
    law = "legal_basis:\n  - law: {zh: 就業保險法, en: Employment Insurance Act}\n"
    service = vary(SERVICE, law, law + "    url: https://law.tw/a?pcode=N1&flno=11\n")
    links = collected(tmp_path, {"services/x.yml": service})
    assert places(links, "law.tw") == [
        ("https://law.tw/a?pcode=N1&flno=11", "data/services/x.yml:11:10", "service:x", "unit:front-desk")
    ]
    assert places(links, "data.gov.tw") == [
        ("https://data.gov.tw/license", "data/site.yml:16:8", "site", "agency:labor-bureau")
    ]
    assert places(links, "labor.demo") == []


def test_the_nearest_unit_is_the_one_to_mend_a_link(tmp_path: Path) -> None:
    entry = "entries:\n  - {title: 甲, date: 2026-01-02, url: https://a.tw/}\n"
    entry += "  - {title: 乙, date: 2026-01-02, url: https://b.tw/, unit: back-office}\n"
    item = "title: 會議\nitem: meetings\nunit: front-desk\npublished: 2026-01-02\n" + entry
    unit = "name: {zh: 後台, en: Back Office}\nagency: labor-bureau\nduties: [{zh: 後勤, en: Support}]\n"
    unit += "phone: (02)0000-1236\n"
    unit += "email: b@demo.example\nmap: https://c.tw/map\npublished: 2026-01-02\n"
    links = collected(tmp_path, {**ten_items(meetings=item), "units/back-office.yml": unit})
    assert [place[3] for place in places(links, "a.tw/")] == ["unit:front-desk"]
    assert [place[3] for place in places(links, "b.tw/")] == ["unit:back-office"]
    assert [place[3] for place in places(links, "c.tw/")] == ["unit:back-office"]


def test_a_cell_of_a_table(tmp_path: Path) -> None:
    table = (
        "id,title.zh,title.en,type,unit,date,summary.zh,summary.en,url,published\n"
        "law,法,Act,law,front-desk,2026-01-02,誰,Who,https://a.tw/%b9w,2026-01-02\n"
    )
    links = collected(tmp_path, {"documents/documents.csv": table})
    assert places(links, "a.tw") == [
        ("https://a.tw/%b9w", "data/documents/documents.csv:2:43", "document:law", "unit:front-desk")
    ]


def test_handwritten_pages_and_what_is_no_link_in_them(tmp_path: Path) -> None:
    text = (
        '# 關於\n\n[甲](https://a.tw/%B9w "題")、![圖](https://a.tw/x.png)、<a href="https://a.tw/?a=1&amp;b=2">乙</a>\n\n'
        "`https://a.tw/code` <!-- [丙](https://a.tw/comment) -->\n\n    [丁](https://a.tw/block)\n\n[戊][ref]、[己](../x.md)\n\n"
        "[ref]: https://a.tw/ref\n\n[庚](https://labor.demo.example/own) [辛](mailto:a@a.tw)\n"
    )
    write(tmp_path / "site_src/about.md", text)
    links = collected(tmp_path, {})
    assert places(links, "a.tw") == [
        ("https://a.tw/%B9w", "site_src/about.md:3:5", "about.md", ""),
        ("https://a.tw/?a=1&b=2", "site_src/about.md:3:62", "about.md", ""),
        ("https://a.tw/ref", "site_src/about.md:11:8", "about.md", ""),
        ("https://a.tw/x.png", "site_src/about.md:3:33", "about.md", ""),
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(target=TARGETS)
def test_a_url_in_data_is_collected_byte_for_byte(tmp_path: Path, target: str) -> None:
    url = f"https://a.tw/{target}"
    document = vary(DOCUMENT, "https://law.moj.gov.tw/", json.dumps(url))
    links = collected(tmp_path, {"documents/law.yml": document})
    assert [link.url for link in links if link.owner == "document:law"] == [url]


PROSE_TARGETS = st.lists(ESCAPES | st.sampled_from("abcXYZ019-._~!$+,;=:@/?"), max_size=20).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(target=PROSE_TARGETS)
def test_a_url_in_prose_is_collected_byte_for_byte(tmp_path: Path, target: str) -> None:
    url = f"https://a.tw/{target}"
    faq = vary(FAQ, "{zh: 可以。, en: Yes.}", json.dumps(f"看[這裡](<{url}>)。"))
    links = collected(tmp_path, {"faqs/x.yml": faq})
    assert [(link.url, link.mark.line) for link in links if link.owner == "faq:x"] == [(url, 2)]


# --- What is told


def told(
    folder: Path, files: Mapping[str, str | bytes], findings: Mapping[str, Finding], days: int = 1, strict: bool = False
) -> list[Problem]:
    """The problems of an office whose links were seen like this on so many days; other links were fine."""
    data = office(folder, files)
    loaded = catalogue(data)
    links = external.collect(loaded, folder, folder / "site_src")
    ledger = Ledger()
    for number in range(days):
        ledger = ledger.with_looks(DAY + timedelta(number), findings, [link.url for link in links])
    verdicts = {url: known for url in findings if (known := verdict(ledger.of(url), strict)) is not None}
    return list(external.problems(links, Examined(ledger, verdicts, len(findings), 0), loaded))


LAW = "https://law.moj.gov.tw/"


@pytest.mark.parametrize(
    ("finding", "days", "code", "level"),
    [
        (Finding("failing", "not-found", 404), 3, "external-dead", Level.ERROR),
        (Finding("failing", "not-found", 404), 1, "external-failing", Level.WARNING),
        (Finding("moved", "moved", 200, "https://law.tw/"), 1, "external-moved", Level.WARNING),
        (Finding("fine", "https-twin", 200, "https://law.tw/"), 1, "external-https", Level.NOTICE),
        (Finding("blocked", "login", 200), 1, "external-login", Level.WARNING),
        (Finding("blocked", "forbidden", 403), 1, "external-blocked", Level.NOTICE),
        (Finding("unsure", "unavailable", 503), 1, "external-unsure", Level.WARNING),
        (Finding("unsure", "wrong-type", 200), 1, "external-content", Level.WARNING),
        (Finding("unsure", "anchor", 200), 1, "external-anchor", Level.WARNING),
        (Finding("unsure", "certificate-issuer"), 1, "external-tls", Level.WARNING),
        (Finding("unsure", "private"), 1, "external-private", Level.WARNING),
    ],
)
def test_the_problem_of_a_finding(tmp_path: Path, finding: Finding, days: int, code: str, level: Level) -> None:
    (problem,) = told(tmp_path, {"documents/law.yml": DOCUMENT}, {LAW: finding}, days)
    assert (problem.code, problem.level, str(problem.mark)) == (code, level, "data/documents/law.yml:6:6")
    assert all(LAW in problem.message[language] for language in AUTHOR_LANGUAGES)
    assert "（負責單位：服務台）" in problem.hint["zh"]
    assert "(unit: Front Desk)" in problem.hint["en"]
    if finding.to:
        assert problem.nearest == finding.to
        assert all(finding.to in problem.hint[language] for language in AUTHOR_LANGUAGES)


def test_a_long_address_is_told_whole(tmp_path: Path) -> None:
    url = f"https://law.moj.gov.tw/{'a' * 200}"
    (problem,) = told(
        tmp_path, {"documents/law.yml": vary(DOCUMENT, LAW, url)}, {url: Finding("failing", "gone", 410)}, 3
    )
    assert url in problem.message["zh"]


def test_the_places_of_an_address_are_told_together_by_unit(tmp_path: Path) -> None:
    files = {f"documents/law{number}.yml": DOCUMENT for number in (1, 2)}
    write(tmp_path / "site_src/about.md", f"[法]({LAW})\n")
    by_unit, by_nobody = sorted(
        told(tmp_path, files, {LAW: Finding("failing", "no-host")}, 3), key=lambda one: str(one.mark)
    )
    assert str(by_unit.mark) == "data/documents/law1.yml:6:6"
    assert [str(mark) for mark in by_unit.related] == ["data/documents/law2.yml:6:6"]
    assert str(by_nobody.mark) == "site_src/about.md:1:5"
    assert "unit" not in by_nobody.hint["en"]


def test_addresses_that_are_never_asked_are_told_as_well(tmp_path: Path) -> None:
    faq = vary(FAQ, "可以。", "'[甲](https://a..b/)、[乙](https://office.demo.example/)'")
    found = told(tmp_path, {"faqs/x.yml": faq}, {})
    assert [(one.code, one.level) for one in found] == [
        ("external-malformed", Level.ERROR),
        ("external-reserved", Level.NOTICE),
    ]


def test_a_demonstration_may_use_addresses_for_examples(tmp_path: Path) -> None:
    faq = vary(FAQ, "可以。", "'[乙](https://office.demo.example/)'")
    assert told(tmp_path, {"faqs/x.yml": faq, "site.yml": SITE + "demo: 示範\n"}, {}) == []


def test_every_reason_has_words_that_can_be_filled() -> None:
    for reason, texts in REASONS.items():
        assert set(texts) == set(AUTHOR_LANGUAGES), reason
        assert texts["zh"].format(status=404) != texts["en"].format(status=404)


def test_every_reason_that_is_given_has_words_and_the_other_way_round() -> None:
    from mingshi.external import judging

    folder = Path(judging.__file__).parent
    text = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    given_reasons = {reason for _, reason in (*judging._STATUS.values(), *judging._TROUBLE.values())}
    assert given_reasons <= set(REASONS)
    assert [reason for reason in REASONS if f'"{reason}"' not in text] == []


# --- The command


def check_links(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(
        cli,
        ["check", "--external", "--only", "external-", "--root", str(root), "--lang", "en", *arguments],
        env={"LC_ALL": "C.UTF-8"},
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def hurry(monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    """What makes a run slow is left out: pauses, and linkchecker where it is not asked for."""
    quick = Options(pace=QUICK, command=command)
    monkeypatch.setattr(external, "Options", lambda strict, limit: replace(quick, strict=strict, limit=limit))


@pytest.fixture
def project(tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small office whose outside world is the stage."""
    own = means(stage)
    monkeypatch.setattr(external, "means_of", lambda *_: own)
    hurry(monkeypatch, NO_FIRST_LOOK)
    office(
        tmp_path,
        {
            "documents/law.yml": vary(DOCUMENT, LAW, "http://a.gov.tw/law"),
            "site.yml": vary(SITE, "https://data.gov.tw/license", "http://b.gov.tw/"),
        },
    )
    write(tmp_path / "mkdocs.yml", "site_name: x\n")
    stage.play("http://a.gov.tw/law", GOOD)
    stage.play("http://b.gov.tw/", GOOD)
    return tmp_path


def test_good_links_are_exit_0_and_stand_in_the_ledger(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch, COMMAND)
    code, out, err = check_links(project, "--today", "2026-11-21")
    assert (code, out.count("[external-https]")) == (0, 2), out + err
    assert "External links looked at: 2, left for another time: 0 (fine 2)" in out
    ledger = json.loads((project / "data/ledger/links.json").read_text("utf-8"))
    assert [entry["verdict"] for entry in ledger["urls"].values()] == ["fine", "fine"]


def test_a_dead_link_is_exit_1_on_the_third_day_or_at_once_with_strict(project: Path, stage: Stage) -> None:
    stage.play("http://a.gov.tw/law", Reply(404))
    for day, code in (("2026-11-21", 0), ("2026-11-21", 0), ("2026-11-22", 0), ("2026-11-23", 1)):
        assert check_links(project, "--today", day)[0] == code
    (project / "data/ledger/links.json").unlink()
    code, out, _ = check_links(project, "--strict", "--format", "json")
    values = json.loads(out)
    assert (code, values["partial"], values["audits"]["external"]["verdicts"]) == (1, False, {"dead": 1, "fine": 1})
    (dead,) = [one for one in values["problems"] if one["code"] == "external-dead"]
    assert (dead["file"], dead["line"]) == ("data/documents/law.yml", 6)


def test_the_same_day_writes_the_same_bytes(project: Path) -> None:
    path = project / "data/ledger/links.json"
    check_links(project, "--today", "2026-11-21")
    before = path.read_bytes()
    check_links(project, "--today", "2026-11-21")
    assert path.read_bytes() == before


def test_a_limit_leaves_links_for_another_time(project: Path) -> None:
    code, out, _ = check_links(project, "--limit", "1")
    assert code == 0
    assert "looked at: 1, left for another time: 1" in out


def test_a_broken_ledger_is_exit_2_and_stays(project: Path) -> None:
    path = write(project / "data/ledger/links.json", "<<<<<<< HEAD\n")
    code, out, _ = check_links(project)
    assert code == 2
    assert "ledger-broken" in out
    assert path.read_text("utf-8") == "<<<<<<< HEAD\n"


def test_no_network_is_exit_2_and_leaves_no_ledger(
    project: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = no_network(stage, "a.gov.tw", "b.gov.tw")
    monkeypatch.setattr(external, "means_of", lambda *_: own)
    code, out, _ = check_links(project)
    assert code == 2
    assert "network-missing" in out
    assert "The result is partial" in out
    assert not (project / "data/ledger").exists()


def test_a_missing_linkchecker_is_exit_2(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch, (sys.executable, "-m", "no_linkcheck_here"))
    code, out, _ = check_links(project)
    assert code == 2
    assert "linkchecker-missing" in out
    assert "The result is partial" in out


def test_an_office_without_a_site_is_told_so(tmp_path: Path) -> None:
    write(tmp_path / "mkdocs.yml", "site_name: x\n")
    office(tmp_path, {}, without=("site.yml",))
    code, out, _ = check_links(tmp_path)
    assert code == 1
    assert "site-missing" in out


def test_a_build_does_not_load_what_speaks_to_the_network() -> None:
    import subprocess

    program = "import sys, mingshi.cli, mingshi.build; sys.exit(any(m.split('.')[0] == 'urllib3' for m in sys.modules))"
    assert (
        subprocess.run(
            [sys.executable, "-c", program], check=False, env={"PYTHONPATH": str(Path(cli_module.__file__).parents[1])}
        ).returncode
        == 0
    )


def test_a_name_that_leads_nowhere_is_tried_once_and_never_by_linkchecker(stage: Stage) -> None:
    own = means(stage)
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        if host == "a.gov.tw":
            return ["1.1.1.1"]
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    names(own).resolve = resolve
    stage.play("http://a.gov.tw/", GOOD)
    links = [at("http://a.gov.tw/"), *(at(f"http://gone.gov.tw/{number}") for number in range(50))]
    options = Options(pace=Pace(pause=0.2), command=(sys.executable, "-c", f"print({HEADING!r})"))
    start = time.monotonic()
    seen = examine(links, Ledger(), DAY, own, options)
    assert time.monotonic() - start < 8
    assert sorted(asked) == ["a.gov.tw", "gone.gov.tw"]
    assert Counter(seen.verdicts.values()) == {"fine": 1, "unsure": 50}


def test_a_host_that_says_nothing_is_not_asked_for_every_address(stage: Stage) -> None:
    own = [address(f"http://closed.gov.tw/{number}") for number in range(20)]
    visits = Visits(eyes(stage), {})
    visits.go(own, 20)
    assert {one.reason for one in visits.findings.values()} == {"refused"}
    dialled: list[tuple[str, int]] = []

    def nobody(place: tuple[str, int], _: float) -> socket.socket:
        dialled.append(place)
        raise TimeoutError

    visits = Visits(
        Eyes(replace(means(stage), reach=Reach(resolve=lambda _: ["1.1.1.1"], dial=nobody)), Turns(QUICK)), {}
    )
    visits.go(own, 20)
    assert {one.reason for one in visits.findings.values()} == {"timeout"}
    assert len(visits.findings) == 20
    assert len(dialled) == 2
