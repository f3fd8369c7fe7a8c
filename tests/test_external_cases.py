"""What becomes of a link, case by case: other people's sites are played on this machine, one host for each case."""

import itertools
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mingshi.external.address import parse
from mingshi.external.looking import Eyes, Pace, Turns
from mingshi.external.visiting import Visit
from stage import ARTICLE, Names, Reply, Request, Script, Stage, means, open_stage, page

GOOD = Reply(body=page("失業給付", ARTICLE))
PDF = Reply(body=b"%PDF-1.7\n" + bytes(3000), type="application/pdf")
HOME = Reply(body=page("示範市政府", "最新消息與各局處的連結，還有市民常用的線上服務，全部從這裡開始。" * 5))


def to(url: str, status: int = 302) -> Reply:
    return Reply(status, headers=(("Location", url),))


def soft(title: str, text: str = "請回首頁。") -> Reply:
    return Reply(body=page(title, text))


def refuses_head(status: int, good: Reply) -> Script:
    return lambda request, _: Reply(status) if request.method == "HEAD" else good


def needs_cookie(request: Request, _: int) -> Reply:
    if "seen=1" in request.headers.get("Cookie", ""):
        return GOOD
    return Reply(302, headers=(("Location", request.target), ("Set-Cookie", "seen=1; Path=/")))


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    replies: tuple[Reply | Script, ...]
    expected: str
    """outcome, or outcome reason."""
    path: str = "/a/page.html"
    to: str = ""
    """Where the reader should be sent; {host} is the host of the case."""
    scheme: str = "https"
    host: str = ""
    beside: Reply | None = None
    """What the host answers to everything else; 404 if left out."""
    more: tuple[tuple[str, Reply], ...] = ()


def case(name: str, expected: str, *replies: Reply | Script, **more: object) -> Case:
    return Case(name, replies, expected, **more)  # type: ignore[arg-type]


SHELL = Reply(body=b"<title>App</title><div id=app></div><script src=a.js></script>")
GONE = "您要找的網頁不存在，請回首頁。"

CASES = [
    # --- Alive
    case("a page", "fine", GOOD),
    case("a file", "fine", PDF, path="/files/a.pdf"),
    case("a front page", "fine", HOME, path="/"),
    case("a front page in English", "fine", HOME, path="/en/index.html", beside=HOME),
    case("a file by octet-stream", "fine", Reply(body=PDF.body, type="application/octet-stream"), path="/a.pdf"),
    case(
        "a file of the wrong type with the right bytes", "fine", Reply(body=PDF.body, type="text/plain"), path="/a.pdf"
    ),
    case("HEAD refused with 405", "fine", refuses_head(405, PDF), path="/a.pdf"),
    case("HEAD refused with 403", "fine", refuses_head(403, PDF), path="/a.pdf"),
    case("HEAD refused with 404", "fine", refuses_head(404, PDF), path="/a.pdf"),
    case("HEAD refused with 501", "fine", refuses_head(501, PDF), path="/a.pdf"),
    case("HEAD hangs up", "fine", refuses_head(500, PDF), path="/a.pdf"),
    case("503, then 200", "fine", Reply(503), Reply(503), GOOD),
    case("429 with Retry-After, then 200", "fine", Reply(429, headers=(("Retry-After", "1"),)), GOOD),
    case("hangs up once", "fine", Reply(drop=True), GOOD),
    case("a cookie first", "fine", needs_cookie),
    case("a temporary redirect", "fine", to("/a/now.html"), more=(("/a/now.html", GOOD),)),
    case("a page of its own script", "fine", SHELL, beside=SHELL),
    case("a route of a script", "fine", SHELL, path="/app/#/service/12"),
    case("an anchor", "fine", Reply(body=page("法規", ARTICLE, "<p id=art-11>")), path="/law.html#art-11"),
    case("an anchor by name", "fine", Reply(body=page("法規", ARTICLE, "<a name=x></a>")), path="/law.html#x"),
    case(
        "an anchor in Chinese", "fine", Reply(body=page("法規", ARTICLE, "<p id=預告>")), path="/law#%E9%A0%90%E5%91%8A"
    ),
    case("an anchor in raw Chinese", "fine", Reply(body=page("法規", ARTICLE, "<p id=預告>")), path="/law#預告"),
    case("an anchor in Big5", "fine", Reply(body=page("法規", ARTICLE, "<p id=預算>")), path="/law#%B9w%BA%E2"),
    case("#top", "fine", GOOD, path="/law#top"),
    case("a text fragment", "fine", GOOD, path="/law#:~:text=失業"),
    case("a page of a PDF", "fine", PDF, path="/a.pdf#page=3"),
    case("an article about missing pages", "fine", Reply(body=page("找不到網頁怎麼辦？常見問答", ARTICLE))),
    case(
        "an article that quotes the message",
        "fine",
        Reply(body=page("常見問答", f"看到「找不到網頁」時怎麼辦。{ARTICLE}{ARTICLE}")),
    ),
    case(
        "a login that is linked as one",
        "fine",
        Reply(body=page("會員登入", ARTICLE, "<input type=password>")),
        path="/login",
    ),
    case("a page that also offers a login", "fine", Reply(body=page("線上申辦", ARTICLE, "<input type=password>"))),
    case("a very large page", "fine", Reply(body=page("大", ARTICLE) + b" " * 3_000_000)),
    case(
        "a file without end",
        "fine",
        refuses_head(405, Reply(body=PDF.body, type="application/pdf", length=2 << 30, endless=64)),
        path="/big.pdf",
    ),
    case(
        "a page in Big5",
        "fine",
        Reply(body=page("勞保", ARTICLE).decode().encode("big5"), type="text/html; charset=big5"),
    ),
    case("a good certificate", "fine", GOOD, host="good.gov.tw"),
    case(
        "http with an https twin",
        "fine https-twin",
        Reply(body=page("法規", ARTICLE, "<p id=y>")),
        scheme="http",
        path="/a?x=1#y",
        host="twin.gov.tw",
        to="https://twin.gov.tw/a?x=1#y",
    ),
    case("http whose https has a bad certificate", "fine", GOOD, scheme="http", host="own.gov.tw"),
    case(
        "http whose https sends back",
        "fine",
        lambda r, _: to(f"http://{r.host}/a", 302) if r.secure else GOOD,
        scheme="http",
        path="/a",
    ),
    case("http whose https is another page", "fine", lambda r, _: HOME if r.secure else GOOD, scheme="http"),
    case("http whose https is missing", "fine", lambda r, _: Reply(404) if r.secure else GOOD, scheme="http"),
    # --- Gone
    case("404", "failing not-found", Reply(404)),
    case("410", "failing gone", Reply(410)),
    case("500 for ever", "failing error-status", Reply(500)),
    case("400", "failing error-status", Reply(400)),
    case("a name that does not exist", "failing no-host", GOOD, host="gone.gov.tw"),
    case("a closed port", "failing refused", GOOD, host="closed.gov.tw"),
    case("silence", "failing timeout", Reply(hang=0.8)),
    case("a byte now and then", "failing timeout", Reply(body=page("慢", ARTICLE), drip=0.3)),
    case("a loop of two", "failing loop", to("/b"), more=(("/b", to("/a/page.html")),)),
    case("a loop to itself", "failing loop", to("/a/page.html")),
    case(
        "a chain without end",
        "failing loop",
        to("/1"),
        beside=None,
        more=tuple((f"/{n}", to(f"/{n + 1}")) for n in range(1, 30)),
    ),
    case("a redirect to 404", "failing not-found", to("/gone", 301)),
    case("a redirect to nowhere", "failing bad-redirect", to("http://:0/")),
    case("找不到網頁", "failing soft-404", soft("找不到網頁")),
    case("查無此頁", "failing soft-404", soft("查無此頁")),
    case("網頁不存在", "failing soft-404", soft("很抱歉，您要找的網頁不存在！")),
    case("頁面已移除", "failing soft-404", soft("示範市政府－頁面已移除")),
    case("找不到您要的頁面", "failing soft-404", soft("抱歉，找不到您要的頁面")),
    case("查無資料", "failing soft-404", soft("查無資料"), path="/news.aspx?id=9999"),
    case("404 in the title", "failing soft-404", soft("404 錯誤")),
    case("Page not found", "failing soft-404", soft("Page Not Found | Demo City")),
    case(
        "Sorry, we can't find that page", "failing soft-404", soft("Sorry, we can't find the page you are looking for")
    ),
    case(
        "a soft 404 in Big5",
        "failing soft-404",
        Reply(body="<html><title>找不到網頁</title><p>請回首頁".encode("big5"), type="text/html"),
    ),
    case(
        "a soft 404 in Big5 by meta",
        "failing soft-404",
        Reply(body='<meta charset="big5"><title>查無此頁</title>'.encode("big5"), type="text/html"),
    ),
    case(
        "a soft 404 in the heading",
        "failing soft-404",
        Reply(
            body=b"<title>Demo</title>" + page("", "").replace(b"<h1></h1>", "<h1>您所瀏覽的網頁不存在</h1>".encode())
        ),
    ),
    case("a soft 404 in the text", "failing soft-404", soft("示範市", GONE), beside=soft("示範市", GONE)),
    case("a redirect to an error page", "failing soft-404", to("/error/404.html"), more=(("/error/404.html", GOOD),)),
    case(
        "an error page of ASP.NET", "failing soft-404", to("/oops.aspx?aspxerrorpath=/a"), more=(("/oops.aspx", GOOD),)
    ),
    case("a file that became a soft 404", "failing soft-404", soft("找不到檔案"), path="/a.pdf"),
    case("everything goes home", "failing home", to("/"), beside=to("/"), more=(("/", HOME),)),
    case("a parked domain", "failing parked", Reply(body=page("bureau.gov.tw", "This domain is for sale. Buy now."))),
    case("a parked domain in Chinese", "failing parked", Reply(body=page("網域出售", "此網域名稱正在出售"))),
    case("a redirect to a parking service", "failing parked", to("http://www.sedoparking.com/x"), more=()),
    case("an expired certificate", "failing certificate-expired", GOOD, host="expired.gov.tw"),
    case("a self-signed certificate", "failing certificate-own", GOOD, host="own.gov.tw"),
    case("a certificate of another site", "failing certificate-name", GOOD, host="other.gov.tw"),
    case("an empty file", "failing empty", Reply(type="application/pdf"), path="/a.pdf"),
    # --- Moved
    case("301", "moved", to("/b.html", 301), more=(("/b.html", GOOD),), to="https://{host}/b.html"),
    case("308", "moved", to("/b.html", 308), more=(("/b.html", GOOD),), to="https://{host}/b.html"),
    case("301 twice", "moved", to("/b", 301), more=(("/b", to("/c", 301)), ("/c", GOOD)), to="https://{host}/c"),
    case("301, then 302", "moved", to("/b", 301), more=(("/b", to("/c")), ("/c", GOOD)), to="https://{host}/b"),
    case("302, then 301", "fine", to("/b", 302), more=(("/b", to("/c", 301)), ("/c", GOOD))),
    case(
        "301 keeps the anchor",
        "moved",
        to("/b", 301),
        path="/a#x",
        more=(("/b", Reply(body=page("法規", ARTICLE, "<p id=x>"))),),
        to="https://{host}/b#x",
    ),
    case(
        "301 from http",
        "moved",
        to("https://moved.gov.tw/a/page.html", 301),
        scheme="http",
        to="https://moved.gov.tw/a/page.html",
    ),
    case(
        "301 to raw Big5",
        "moved",
        to("/\xb9\x77?x=\xba\xe2", 301),
        more=(("/%B9w?x=%BA%E2", GOOD),),
        to="https://{host}/%B9w?x=%BA%E2",
    ),
    case(
        "a host that moved, front page to front page",
        "moved",
        to("https://moved.gov.tw/", 301),
        path="/",
        to="https://moved.gov.tw/",
    ),
    case(
        "a refresh at once",
        "fine",
        Reply(body=b'<meta http-equiv="refresh" content="0; url=/b">'),
        more=(("/b", GOOD),),
    ),
    # --- Blocked
    case("401", "blocked login", Reply(401)),
    case("403", "blocked forbidden", Reply(403)),
    case("451", "blocked forbidden", Reply(451)),
    case("999", "blocked forbidden", Reply(999)),
    case("429 for ever", "blocked too-many", Reply(429)),
    case("429 with a long Retry-After", "blocked too-many", Reply(429, headers=(("Retry-After", "86400"),))),
    case("a redirect to a login", "blocked login", to("/login?back=/a"), more=(("/login", GOOD),)),
    case("a redirect to a login host", "blocked login", to("https://sso.gov.tw/x"), more=()),
    case(
        "a redirect to a password",
        "blocked login",
        to("/member"),
        more=(("/member", Reply(body=page("會員專區", ARTICLE, "<input type=PASSWORD>"))),),
    ),
    # --- Cannot be told
    case("503 for ever", "unsure unavailable", Reply(503)),
    case("405 to GET", "unsure odd-status", Reply(405)),
    case("hangs up for ever", "unsure closed", Reply(drop=True)),
    case("no HTTP", "unsure no-http", Reply(garbage=b"SSH-2.0-OpenSSH_9.2\r\n")),
    case("a body that was cut off", "unsure closed", Reply(body=b"<html>", length=5000)),
    case("a name service that is down", "unsure name-service", GOOD, host="later.gov.tw"),
    case("an unknown authority", "unsure certificate-issuer", GOOD, host="unknown.gov.tw"),
    case("a private address", "unsure private", GOOD, host="inside.gov.tw"),
    case("a redirect to a private address", "unsure private", to("http://inside.gov.tw/admin")),
    case("home, though nonsense is 404", "unsure home", to("/"), more=(("/", HOME),)),
    case("the same as nonsense gets", "unsure soft-404", GOOD, beside=GOOD),
    case("says missing, though nonsense is 404", "unsure soft-404", soft("示範市", GONE)),
    case("HTML for a PDF", "unsure wrong-type", GOOD, path="/a.pdf"),
    case(
        "a picture for a PDF", "unsure wrong-type", Reply(body=b"\x89PNG" + bytes(99), type="image/png"), path="/a.pdf"
    ),
    case(
        "a PDF that is none",
        "unsure wrong-type",
        refuses_head(405, Reply(body=b"PK" + bytes(99), type="application/pdf")),
        path="/a.pdf",
    ),
    case("an empty page", "unsure empty", Reply()),
    case("204", "unsure empty", Reply(204, type="")),
    case("an anchor that is missing", "unsure anchor", GOOD, path="/law.html#art-11"),
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage() as own:
        own.play("http://moved.gov.tw/a/page.html", GOOD)
        own.play("http://moved.gov.tw/", HOME)
        own.play("http://sso.gov.tw/x", GOOD)
        own.play("http://www.sedoparking.com/x", GOOD)
        yield own


def eyes(stage: Stage, waits: list[float] | None = None) -> Eyes:
    """Quick ones: what would be waited is written down."""
    own = means(stage)
    assert isinstance(own.reach, Names)
    own.reach.elsewhere |= {
        "gone.gov.tw": socket.gaierror(socket.EAI_NONAME, "unknown"),
        "later.gov.tw": socket.gaierror(socket.EAI_AGAIN, "try again"),
        "inside.gov.tw": "10.0.0.8",
    }
    wait = (waits if waits is not None else []).append
    return Eyes(own, Turns(Pace(pause=0, back_off=0.01, wait=wait)))


_NUMBERS = itertools.count()


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_the_outcome_of_a_link(one: Case, stage: Stage) -> None:
    host = one.host or f"case{next(_NUMBERS)}.gov.tw"
    url = f"{one.scheme}://{host}{one.path}"
    stage.play(f"http://{host}{one.path.partition('#')[0]}", *one.replies)
    for path, reply in one.more:
        stage.play(f"http://{host}{path}", reply)
    if one.beside is not None:
        stage.play(f"http://{host}/*", one.beside)
    own = eyes(stage)
    address = parse(url)
    assert address is not None
    finding, _ = Visit(own, {}).visit(address)
    assert f"{finding.outcome} {finding.reason}".replace("moved moved", "moved").strip() == one.expected
    if one.to:
        assert finding.to == one.to.format(host=host)


def test_there_are_enough_cases_and_no_name_twice() -> None:
    assert len({one.name for one in CASES}) == len(CASES) >= 100
