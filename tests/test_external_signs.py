"""The words and paths by which a page tells what it is, and those that only look like it."""

import pytest

from mingshi.external.address import parse
from mingshi.external.asking import Answer
from mingshi.external.page import Page, read_page
from mingshi.external.telling import (
    SHORT,
    are_alike,
    is_error_page,
    is_login,
    is_parked,
    lacks_anchor,
    mentions_missing,
    says_missing,
)

TEXT = "請領失業給付的條件、期間與金額，以及應該準備的文件和辦理的地點，辦理時間為週一至週五上午八時至下午五時。"

MISSING = """\
找不到網頁
找不到頁面
找不到此頁面
找不到您要的網頁
找不到您所要瀏覽的網頁
找不到檔案或目錄
無法找到網頁
無法找到該網頁
查無此頁
查無此頁面
查無此網頁
查無資料
查無此資料
查無此公告
查無相關資料
無此頁面
無此資料
沒有這個頁面
沒有此網頁
網頁不存在
您所查詢的網頁不存在
您要找的網頁不存在！
此頁面不存在
該網頁已不存在
頁面已經不存在了
網頁已移除
網頁已被移除
此網頁已移除或不存在
頁面不存在或已移除
文章已刪除
此文章不存在或已被刪除
內容已下架
資料已下架
此連結已失效
連結失效
404
404 錯誤
錯誤 404
HTTP 404
HTTP 404 Not Found
404 Not Found
Error 404
Error 404 - Page not found
404 - 找不到網頁
404 找不到頁面 - 示範市政府
示範市政府全球資訊網 | 找不到網頁
示範市政府-網頁不存在
抱歉，找不到網頁
很抱歉，您要找的頁面不存在
對不起，您所瀏覽的頁面已移除
系統訊息：查無資料
錯誤訊息 - 找不到檔案
Page not found
Page Not Found!
The page cannot be found
The page you requested could not be found
The requested URL was not found
The resource cannot be found.
File not found
Not Found
Sorry, page not found
Oops! Page not found
We can't find the page you're looking for
We couldn't find that page
This page does not exist
This page doesn't exist
The page you are looking for does not exist
Sorry, this page isn't available
This page is no longer available
410 Gone
页面不存在
您访问的页面不存在
找不到該網頁
您欲瀏覽的網頁不存在或已移除
您輸入的網址不存在
您所存取的網頁不存在
很抱歉!找不到您所要的資料
抱歉，您所指定的頁面不存在
找不到這個頁面
對不起，找不到您要的頁面！
此公告已下架
該公告不存在
此文件已被移除
頁面找不到
網頁找不到了
查無此文章
查無符合資料
找不到符合的資料
此內容已不存在
本頁面不存在
本網頁已移除
您要瀏覽的頁面已失效
頁面遺失
您所連結的網頁不存在
錯誤：網頁不存在
ERROR 404:找不到檔案
HTTP 錯誤 404.0 - Not Found
404 - File or directory not found.
404｜示範市政府
示範市政府 - 404
404 頁面
404頁面
404 Page
The page you are looking for might have been removed
The page can't be found
Page Not Available
Page unavailable
Content not found
Page does not exist
Web page not found
The requested page could not be found.
Requested page not found
您查詢的資料不存在
指定的檔案不存在
訊息不存在
網頁發生錯誤
找不到网页
抱歉，您访问的页面找不到了
找不到您所要求的網頁
您點選的連結已失效
您前往的頁面不存在
很抱歉 您所指定的網頁不存在
抱歉!! 此頁面已刪除
該篇文章不存在
此則公告已移除
查無此筆資料
此筆資料不存在
資料已不存在
沒有此資料
該檔案不存在
檔案已移除
找不到伺服器上的檔案
此網址已失效
頁面走失了
哎呀！頁面不見了
404 error
Error: 404
404 - 網頁不存在
HTTP Status 404 – Not Found
404 File Not Found
Object not found!
This page has been removed
The page has been deleted
We're sorry, the page you requested was not found
Sorry, the page you are looking for cannot be found
That page doesn't exist
This content is no longer available
Document not found
"""

OTHERWISE = """\
失業給付
找不到網頁怎麼辦
查無資料時的處理方式
查無資料證明申請
網頁不存在的原因說明
無資料顯示的解決方法
遺失身分證怎麼辦
文件遺失補發
資料更新
已刪除個人資料申請
內容已更新
資料下載
404 號公車路線
公車404路線圖
404高地紀念館
民國404條例
第404條
電話404-1234
頁面設計規範
檔案遺失切結書
失效證照查詢
連結至其他網站
How to fix a page not found error
File not found: how to restore a deleted file
Not found guilty
404 Main Street office
Error reporting form
Sorry we are closed on Monday
Resource guide
Lost and found
不存在的騎士
公告移除違規廣告
無障礙網頁
系統錯誤通報窗口
Documents not available in English
找不到工作怎麼辦
查無不法
此網頁使用 Cookie
無頁碼文件處理
網頁內容使用政策
已刪除個資的證明
連結地方創生
公告遺失物招領
查無此人退件處理
文件不存在時如何補件
檔案應用申請
404條款
資料不存在的法律效力
國家賠償404案例
本府網頁改版公告
內容農場防治
頁面無障礙說明
Not available for foreigners
Object of the act
Available documents
無資料庫授權聲明
遺失證件申報
移除違章建築
下架不合格產品名單
失效公告
找不到停車位？看即時資訊
項目說明
公告已開標案件
文件已送達查詢
資料刪除申請書
Content policy
Page design guide
"""


@pytest.mark.parametrize("title", MISSING.splitlines())
def test_titles_of_pages_that_are_not_there(title: str) -> None:
    assert says_missing(Page(title=title))
    assert says_missing(Page(title="示範市政府", headings=(title,)))
    assert says_missing(Page(title=f"{title} - 示範市政府"))
    assert says_missing(Page(title=f"示範市政府全球資訊網｜{title}"))


@pytest.mark.parametrize("title", OTHERWISE.splitlines())
def test_titles_that_only_look_like_it(title: str) -> None:
    assert not says_missing(Page(title=title))
    assert not says_missing(Page(title=f"{title} - 示範市政府", headings=(title,)))


def test_a_message_counts_in_a_short_page_only() -> None:
    message = "您要找的網頁不存在。"
    assert mentions_missing(Page(text=message), SHORT)
    assert mentions_missing(Page(text=message + TEXT * 5), SHORT)
    assert not mentions_missing(Page(text=message + TEXT * 50), SHORT)
    assert not mentions_missing(Page(text=TEXT), SHORT)


@pytest.mark.parametrize(
    "path",
    [
        "/error.html",
        "/Error/NotFound",
        "/404.aspx",
        "/tw/404/",
        "/errors/404.php",
        "/x?aspxerrorpath=/y",
        "/nopage.htm",
    ],
)
def test_paths_of_error_pages(path: str) -> None:
    address = parse(f"https://www.gov.tw{path}")
    assert address is not None
    assert is_error_page(address)


@pytest.mark.parametrize(
    "path", ["/", "/terror.html", "/errors-in-forms/x.html", "/bus/4040", "/a404.html", "/news/404-bus"]
)
def test_paths_that_only_look_like_it(path: str) -> None:
    address = parse(f"https://www.gov.tw{path}")
    assert address is not None
    assert not is_error_page(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://login.gov.tw/",
        "https://sso.city.gov.tw/x",
        "https://www.gov.tw/login",
        "https://www.gov.tw/Account/Login?ReturnUrl=%2fa",
        "https://www.gov.tw/member/login.aspx",
        "https://www.gov.tw/signin",
        "https://www.gov.tw/auth/realms/x",
        "https://accounts.google.com/v3/x",
        "https://www.gov.tw/wp-login.php",
    ],
)
def test_addresses_of_logins(url: str) -> None:
    address = parse(url)
    assert address is not None
    assert is_login(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.tw/catalogue",
        "https://www.gov.tw/authority/",
        "https://www.gov.tw/casino",
        "https://www.gov.tw/blogin",
    ],
)
def test_addresses_that_only_look_like_logins(url: str) -> None:
    address = parse(url)
    assert address is not None
    assert not is_login(address)


def test_parked_domains_by_host_and_by_words() -> None:
    here, there = parse("https://bureau.gov.tw/"), parse("https://ww1.parkingcrew.net/?d=bureau.gov.tw")
    assert here is not None
    assert there is not None
    assert is_parked(there, Page(title="bureau.gov.tw"))
    assert is_parked(here, Page(title="bureau.gov.tw is for sale", text="Buy this domain"))
    assert is_parked(here, Page(text="本網域名稱已過期"))
    assert not is_parked(here, Page(title="網域名稱申請", text=TEXT))
    assert not is_parked(here, Page(title="Parking fees", text="Parked cars" + TEXT))


def test_pages_are_alike_up_to_numbers_and_addresses() -> None:
    one = Page(title="示範市", text=f"{TEXT} /a/mingshi-0123 2026-11-21 10:20")
    other = Page(title="示範市", text=f"{TEXT} /a/page.html 2026-11-22 09:01")
    assert are_alike(one, other)
    assert not are_alike(one, Page(title="示範市", text=f"{TEXT[:20]}完全不同的內容，說明另外一件事情的辦法與期限。"))
    assert not are_alike(one, Page(title="別的頁", text=one.text + "多"))
    assert not are_alike(Page(title="App"), Page(title="App"))


@pytest.mark.parametrize(
    ("fragment", "lacks"),
    [
        ("there", False),
        ("missing", True),
        ("", False),
        ("top", False),
        ("TOP", False),
        ("/route/1", False),
        ("!route", False),
        (":~:text=x", False),
        ("there:~:text=x", False),
        ("missing:~:text=x", True),
        ("%E9%A0%90%E7%AE%97", False),
        ("%B9w%BA%E2", False),
        ("readme", False),
    ],
)
def test_anchors(fragment: str, lacks: bool) -> None:
    page = Page(text=TEXT, anchors=frozenset({"there", "預算", "user-content-readme"}))
    assert lacks_anchor(page, fragment) == lacks


def test_no_anchor_is_missed_on_half_a_page_or_one_made_by_script() -> None:
    assert not lacks_anchor(Page(text=TEXT, whole=False), "missing")
    assert not lacks_anchor(Page(text="…", scripts=3), "missing")


def answer(body: bytes, media: str = "text/html") -> Answer:
    address = parse("https://www.gov.tw/")
    assert address is not None
    return Answer(address, 200, {"content-type": media}, (), body)


@pytest.mark.parametrize(
    ("body", "media"),
    [
        ("<title>勞工局</title>".encode(), "text/html"),
        ("<title>勞工局</title>".encode(), "text/html; charset=UTF-8"),
        (b"\xef\xbb\xbf" + "<title>勞工局</title>".encode(), "text/html; charset=big5"),
        ("<title>勞工局</title>".encode("big5"), "text/html"),
        ("<title>勞工局</title>".encode("big5"), "text/html; charset=Big5"),
        ('<meta charset="big5"><title>勞工局</title>'.encode("big5"), "text/html"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=big5"><title>勞工局</title>'.encode("big5"),
            "text/html",
        ),
        ("<title>勞工局</title>".encode(), "text/html; charset=nonsense"),
        ("<title>勞工局</title>".encode(), "text/html; charset=zlib_codec"),
        ("<title>勞工局</title>勞".encode()[:-1], "text/html"),
        ("<title>勞工局</title>勞".encode("gb18030"), "text/html; charset=gb18030"),
    ],
)
def test_text_is_read_as_browsers_read_it(body: bytes, media: str) -> None:
    assert read_page(answer(body, media)).title == "勞工局"


def test_what_is_in_scripts_and_comments_is_not_on_the_page() -> None:
    page = read_page(
        answer(
            b"<title>A</title><!-- <p id=c> --><script>'<p id=s>not found'</script>"
            b"<textarea><p id=t></textarea><p id=p>x<input TYPE=Password>"
        )
    )
    assert page.anchors == {"p"}
    assert page.asks_password
    assert page.text.endswith("x")
    assert page.scripts == 1


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/b">', "/b"),
        ("<meta http-equiv='Refresh' content='0;URL=\"/b?x=1\"'>", "/b?x=1"),
        ("<meta http-equiv=refresh content='3;/b'>", "/b"),
        ("<meta http-equiv=refresh content='600; url=/b'>", ""),
        ("<meta http-equiv=refresh content=30>", ""),
        ("<!-- <meta http-equiv=refresh content='0;url=/b'> -->", ""),
        ("<meta name=refresh content='0;url=/b'>", ""),
    ],
)
def test_refreshes(html: str, target: str) -> None:
    assert read_page(answer(html.encode())).sends_to == target
