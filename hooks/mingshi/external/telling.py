"""The signs by which a page tells what it is: no page at all, a login, a domain for sale, the same as another."""

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import normalize
from urllib.parse import unquote

from mingshi.external.address import Address
from mingshi.external.page import Page

SHORT, VERY_SHORT = 700, 150
"""Characters. What says so little besides "not found" is about nothing else, or nearly nothing."""
ENOUGH = 40
"""Characters of text below which a page is made by its scripts, and cannot be compared."""
_ALIKE = 0.9
_SHINGLE = 4

_THING = (
    r"(?:網頁|頁面|此頁|該頁|這一頁|檔案(?:或目錄)?|目錄|文件|資料|內容|文章|連結|網址|資源|路徑|項目|訊息|公告|頁|"
    r"网页|页面|文件|内容|链接)"
)
_SEEK = (
    r"(?:您|你|所|想|要求|要|欲|指定|請求|尋找|查詢|瀏覽|訪問|查看|開啟|存取|輸入|連結|連|前往|點選|伺服器上|網站上|的|此|本|該|"
    r"這個|相關|任何|符合|那個|篇|則|筆|份|項|访问|请求|查找)"
)
_GONE = (
    r"(?:可能|已經|已|並|目前|現在|暫時|似乎|被|经|已经){0,3}(?:不存在|不見了|移除|刪除|下架|失效|無法找到|找不到|"
    r"不在了|走失|不再提供|搬走|搬移|删除)了?"
)
_MISSING = (
    r"(?:找不到|查無|查不到|無法找到|沒有找到|未找到|尋找不到|没有找到|无法找到)"
    rf"了?{_SEEK}{{0,6}}{_THING}",
    rf"{_THING}{_GONE}(?:(?:或|、|,|也|且)+{_GONE})*",
    rf"(?:沒有|無|无)(?:此|這個|該|这个)?{_THING}",
    r"(?:網頁|頁面)(?:發生)?錯誤|(?:網頁|頁面)已?遺失",
    r"(?:http\s*)?(?:error|錯誤|status)?\s*(?:code|代碼|:)?\s*(?:404|410)"
    r"(?:\s*(?:error|錯誤|not found|gone|page|頁面|網頁))?",
    r"(?:the |this |that )?(?:requested |webpage |web )?(?:page|file|document|resource|url|content|object)s?"
    r"(?: you(?:'re| are| were| have)? (?:look(?:ing|ed) for|requested))?"
    r"(?: (?:was|is|were|could|can|cannot|has|have|does|do|be|been|not|no|longer|may|might|\w+n[o']?t))+ "
    r"(?:found|exists?|available|unavailable|removed|deleted)|page unavailable",
    r"(?:page|file|object|resource|document)? ?not found|no such (?:page|file|document)",
    r"(?:we )?(?:could ?n[o']t|can ?not|can't) find (?:the |that |this )?(?:page|file|document)"
    r"(?: you(?:'re| are| were)? looking for)?",
    r"ページが見つかりません",
)
_PHRASE = re.compile("|".join(f"(?:{one})" for one in _MISSING), re.IGNORECASE)
_PADDING = re.compile(
    r"(?:很抱歉|非常抱歉|真抱歉|抱歉|對不起|不好意思|哎呀|糟糕|您好|系統訊息|系統|訊息|提示|錯誤訊息|錯誤|error|oops|"
    rf"sorry|we(?:'| a)re sorry|http|status|404|410|{_SEEK}|这个|找|了|喔|哦|囉|[\s\W_])+",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?:error|錯誤|http|status|code|代碼|[\s\W])*(?:404|410)(?:error|錯誤|[\s\W])*", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[|–—_»>·•/]\s*|\s+-\s+|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")

_ERROR_PATH = re.compile(
    r"/(?:errors?|err|40[04]|410|not-?found|page-?not-?found|error-?pages?|custom-?errors?|nopage|no-?page|"
    r"error-?40[04]|40[04]-?error|pagenotfound|filenotfound)(?:/|\.\w{2,5}$|$)",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"(?:^|[/._-])(?:login|log-in|logon|signin|sign-in|sso|cas|oauth2?|openid|saml2?|adfs|auth|authenticate|"
    r"authorize|user_login|memberlogin|userlogin|wp-login|account/login)(?:$|[/._?-])",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"^(?:login|signin|sso|auth|accounts?|cas|idp|adfs)\d?\.", re.IGNORECASE)

_PARKED_HOSTS = (
    "sedoparking.com",
    "sedo.com",
    "parkingcrew.net",
    "bodis.com",
    "hugedomains.com",
    "dan.com",
    "afternic.com",
    "above.com",
    "parklogic.com",
    "undeveloped.com",
    "domainmarket.com",
    "buydomains.com",
    "namebright.com",
    "uniregistry.com",
    "cashparking.com",
    "sav.com",
    "atom.com",
)
_PARKED = re.compile(
    r"(?:this |the )?domain(?: name)?(?: \S+)? (?:is|may be|might be) (?:for sale|parked|available for purchase)|"
    r"buy this domain|domain (?:is )?parked|parked (?:domain|free)|"
    r"(?:inquire|make an offer)[^.]{0,40} domain|related (?:searches|links)[^.]{0,60} domain|"
    r"domain (?:has )?expired|(?:網域|域名)(?:名稱)?[^。]{0,12}(?:出售|待售|求售|已過期|已到期|停放)|"
    r"(?:購買|收購|出售)(?:此|這個|本)?(?:網域|域名)",
    re.IGNORECASE,
)


def says_missing(page: Page) -> bool:
    """Whether the title or a heading says, and says nothing else, that there is no such page."""
    parts = [part for text in (page.title, *page.headings[:3]) for part in (text, *_SPLIT.split(_narrow(text)))]
    return any(_is_about_nothing_else(part) for part in parts)


def mentions_missing(page: Page, length: int) -> bool:
    """Whether a page of at most so many characters says somewhere that there is no such page."""
    return len(page.text) <= length and _PHRASE.search(_narrow(page.text)) is not None


def names_missing(page: Page) -> bool:
    """Whether those words stand anywhere."""
    return _PHRASE.search(_narrow(f"{page.title} {page.text}")) is not None


def is_parked(address: Address, page: Page) -> bool:
    host = address.host
    if any(host == own or host.endswith(f".{own}") for own in _PARKED_HOSTS):
        return True
    return _PARKED.search(page.title) is not None or (len(page.text) <= SHORT and bool(_PARKED.search(page.text)))


def is_error_page(address: Address) -> bool:
    """Whether the path is that of a page about errors."""
    return _ERROR_PATH.search(address.path) is not None or "aspxerrorpath=" in address.target.lower()


def is_login(address: Address) -> bool:
    return _LOGIN_HOST.search(address.host) is not None or _LOGIN_PATH.search(address.path) is not None


def is_empty(page: Page) -> bool:
    """Whether nothing stands there, and no script could put it there."""
    return not page.text and not page.scripts and not page.anchors and not page.title


def are_alike(one: Page, other: Page) -> bool:
    """Whether two pages say the same, up to the numbers, dates and addresses in them."""
    if one.title != other.title and not (one.text and one.text == other.text):
        return False
    if min(len(one.text), len(other.text)) < ENOUGH:
        return False
    mine, theirs = _shingles(one.text), _shingles(other.text)
    shared = (mine & theirs).total()
    return shared >= _ALIKE * max(mine.total(), theirs.total())


def lacks_anchor(page: Page, fragment: str) -> bool:
    """Whether an anchor that a browser would look for is not there."""
    name = fragment.partition(":~:")[0]
    if not name or name.lower() == "top" or name.startswith(("/", "!")) or not page.whole:
        return False
    if len(page.text) < ENOUGH and page.scripts:
        return False
    meant = {name, unquote(name), unquote(name, "cp950")}
    # Some sites put a prefix to the ids of their readers' pages and find the bare name by script.
    meant |= {f"user-content-{own}" for own in meant}
    return not meant & page.anchors


def _is_about_nothing_else(text: str) -> bool:
    narrow = _narrow(text)
    if _ONLY.fullmatch(narrow):
        return True
    if _PHRASE.search(narrow) is None:
        return False
    left = _PHRASE.sub("", narrow)
    return _PADDING.fullmatch(left) is not None if left.strip() else True


def _narrow(text: str) -> str:
    return normalize("NFKC", text).replace("’", "'")


def _shingles(text: str) -> Counter[str]:
    plain = re.sub(r"[\d\s]+|https?://\S+|/[\w./-]+", "", _narrow(text))
    return Counter(_windows(plain))


def _windows(text: str) -> Iterable[str]:
    return (text[start : start + _SHINGLE] for start in range(max(1, len(text) - _SHINGLE + 1)))
