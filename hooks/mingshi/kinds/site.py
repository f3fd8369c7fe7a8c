"""The site itself: name, languages, where it lives, how to reach the office."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from mingshi.kinds.targets import PageReference
from mingshi.languages import Language, Languages
from mingshi.palette import Palette, mixed, shortfalls
from mingshi.problems import Fault
from mingshi.schema.record import Category, Checked, Kind, Model, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Colour, Date, Email, Hours, HoursText, PhoneNumber, Plain, Reference, Slug, To, Url


class SiteLanguage(Model):
    key: Slug = about("資料裡使用的代號", "The key used in records", example="zh")
    tag: Plain = about("語言標籤（BCP 47）", "Language tag (BCP 47)", example="zh-Hant-TW")
    name: Plain = about("語言自己的名稱", "The language's own name", example="中文")


class Licence(Model):
    name: Text = about(
        "授權條款名稱",
        "Name of the licence",
        example={"zh": "政府資料開放授權條款－第1版", "en": "Open Government Data License, version 1.0"},
    )
    url: Url = about("授權條款網址", "Address of the licence", example="https://data.gov.tw/license")


class Contact(Model):
    address: Text = about(
        "地址", "Address", example={"zh": "示範市示範區服務路100號", "en": "100 Service Rd., Demo District, Demo City"}
    )
    phone: PhoneNumber = about("電話", "Phone", example="(02)0000-1234")
    fax: PhoneNumber | None = about("傳真", "Fax", None, example="(02)0000-1235")
    email: Email = about("信箱", "E-mail", example="office@demo.example")
    hours: Text = about(
        "服務時間", "Opening hours", example={"zh": "週一至週五08:30–17:30", "en": "Monday to Friday, 08:30–17:30"}
    )


class Way(Model):
    """A link of the home page."""

    label: Text = about(
        "連結文字，用民眾的話", "Words of the link", example={"zh": "申請失業給付", "en": "Claim benefit"}
    )
    to: PageReference = about("連到哪裡", "Where it leads", example="service:unemployment-benefit")


class Line(Model):
    """遇到一件事，依序會用到的項目。"""

    title: Text = about("遇到什麼事", "What happened", example={"zh": "被資遣、失業", "en": "Losing a job"})
    stops: Annotated[tuple[Way, ...], Field(min_length=1, max_length=4)] = about(
        "依序會用到的項目，最多4個", "What is needed, in order; 4 at most"
    )


class Audience(Model):
    title: Text = about("給誰", "For whom", example={"zh": "雇主", "en": "Employers"})
    ways: Annotated[tuple[Way, ...], Field(min_length=1, max_length=6)] = about("連結，最多6個", "Links; 6 at most")


class Home(Model):
    question: Text = about(
        "首頁最上面的問句",
        "The question at the head",
        example={"zh": "今天要辦什麼？", "en": "What do you need today?"},
    )
    example: Text = about(
        "搜尋欄的例子", "An example of a search", example={"zh": "我被資遣了可以領什麼", "en": "I was laid off"}
    )
    hot: Annotated[tuple[Way, ...], Field(max_length=6)] = about("大家常找，最多6個", "Often looked for; 6 at most", ())
    tasks: Annotated[tuple[Way, ...], Field(max_length=12)] = about(
        "「我要…」，最多12個", "“I want to…”; 12 at most", ()
    )
    lines: Annotated[tuple[Line, ...], Field(max_length=5)] = about("人生大事，最多5條線", "Life events; 5 at most", ())
    audiences: Annotated[tuple[Audience, ...], Field(max_length=6)] = about(
        "依身分，最多6種", "By audience; 6 at most", ()
    )


class Colours(Model):
    """The pairs of colours that make an office's brand."""

    sign: Colour | None = about("招牌底色", "Ground of the sign", None, example="#ffcb3d")
    on_sign: Colour | None = about("招牌上的字", "Words on the sign", None, example="#12252e")
    here: Colour | None = about("目前位置的底色", "Ground of “you are here”", None, example="#12252e")
    on_here: Colour | None = about("目前位置的字", "Words on “you are here”", None, example="#ffcb3d")
    link: Colour | None = about("連結與按鈕", "Links and buttons", None, example="#005468")
    board: Colour | None = about("數字看板的底色", "Ground of the display", None, example="#10242d")
    led: Colour | None = about("數字看板的數字", "Figures of the display", None, example="#ffcf52")

    @property
    def tokens(self) -> dict[str, str]:
        return {name.replace("_", "-"): colour for name, colour in self if colour is not None}


class Brand(Checked):
    palette: Literal["sign", "pine"] = about(
        "配色：sign 黃招牌、pine 松綠", "Palette: sign (yellow) or pine (green)", "sign", example="pine"
    )
    light: Colours | None = about("白天自訂的顏色", "Own colours by day", None)
    dark: Colours | None = about("深色模式自訂的顏色", "Own colours in the dark", None)

    @property
    def colours(self) -> Palette:
        own = [colours.tokens if colours else {} for colours in (self.light, self.dark)]
        return mixed(self.palette, *own)

    def faults(self) -> Iterator[Fault]:
        for short in shortfalls(self.colours):
            group: Colours | None = getattr(self, short.scheme)
            names = [name for name in (short.text, short.ground) if group and name in group.tokens]
            at = (short.scheme, names[0].replace("-", "_")) if names else (short.scheme,)
            pair = getattr(self.colours, short.scheme)
            facts = {"text": pair[short.text], "ground": pair[short.ground], "names": f"{short.text}/{short.ground}"}
            ratio = f"{int(short.ratio * 10) / 10}"
            yield Fault("low-contrast", at, ratio, f"{short.least}", facts=facts)


class Badge(Model):
    """無障礙標章：88×31的圖檔，連到核發機關給的網頁。"""

    image: Plain = about("標章圖檔，放在 site_src/assets", "The image, in site_src/assets", example="badge.png")
    url: Url = about("標章網頁", "Page of the badge", example="https://accessibility.moda.gov.tw/")
    level: Literal["A", "AA", "AAA"] = about("等級", "Level", example="AA")
    until: Date | None = about("有效期限", "Valid until", None, example="2029-06-30")


class RuleLevel(Model):
    """一條檢查規則改用的等級。"""

    level: Literal["error", "warning", "notice"] = about(
        "等級：error 錯誤、warning 警告、notice 提示", "Level of the findings", example="error"
    )
    reason: Text | None = about(
        "為什麼改", "Why it is changed", None, example={"zh": "本站要求較嚴", "en": "We ask for more"}
    )


class RuleException(Model):
    """在一個地方不套用一條規則；到期後失效。"""

    rule: Plain = about("規則代號，見檢查報告", "Code of the rule, as reports show it", example="link-missing")
    place: Plain = about(
        "哪裡：網頁、以 / 結尾的資料夾，或資料檔",
        "Where: a page, a folder ending in /, or a data file",
        example="archive/",
    )
    reason: Text = about("理由", "The reason", example={"zh": "舊檔移轉中", "en": "Old files are being moved"})
    until: Date = about("到哪一天為止", "Until which day", example="2027-06-30")


class Site(Checked):
    name: Text = about(
        "網站名稱", "Name of the site", example={"zh": "示範市政府勞工局", "en": "Labor Bureau, Demo City"}
    )
    description: Text = about(
        "一句話說明網站",
        "The site in one sentence",
        example={"zh": "就業、訓練與勞動權益，一次查清楚。", "en": "Jobs, training and labor rights in one place."},
    )
    agency: Annotated[Reference, To("agency")] = about("主辦機關", "The office that publishes", example="labor-bureau")
    identifier: Plain | None = about(
        "機關代碼或物件識別碼（OID）",
        "Code or object identifier (OID) of the office",
        None,
        example="2.16.886.101.90000",
    )
    base_url: Url = about("網站網址", "Address of the site", example="https://labor.demo.example/")
    languages: Annotated[tuple[SiteLanguage, ...], Field(min_length=1)] = about(
        "網站語言；第一個放在最上層",
        "Languages; the first one stands at the root",
        example=[
            {"key": "zh", "tag": "zh-Hant-TW", "name": "中文"},
            {"key": "en", "tag": "en", "name": "English"},
        ],
    )
    navigation: tuple[Annotated[Reference, To("list")], ...] = about(
        "主選單，依序列出各類清單", "Primary navigation: the lists in order", example=["services"]
    )
    footer: tuple[Slug, ...] = about(
        "頁尾連結的手寫頁面，依序列出檔名",
        "Handwritten pages that the footer links, in order, by file name",
        (),
        example=["privacy"],
    )
    home: Home | None = about("首頁", "The home page", None)
    category: Category | None = about(
        "全站的分類代碼；自己沒有分類的頁面用這些",
        "Classification codes of the site, for pages without codes of their own",
        None,
        example={"theme": "610", "cake": "C21", "service": "I00"},
    )
    brand: Brand | None = about("配色", "Colours", None)
    badge: Badge | None = about("無障礙標章", "Accessibility badge", None)
    contact: Contact = about("聯絡方式，每頁頁尾都會顯示", "Contact, shown at the foot of every page")
    office_hours: Annotated[tuple[Hours, ...], Field(min_length=1, max_length=4)] = about(
        "上班時段，由早到晚；以小時計的期限照這個算",
        "Office hours, the earliest first; limits in hours are counted by them",
        (HoursText("08:30-12:30"), HoursText("13:30-17:30")),
        example=["08:30-12:30", "13:30-17:30"],
    )
    licence: Licence = about("資料授權", "Licence of the content")
    rules: Mapping[Plain, RuleLevel] = about(
        "檢查規則改用的等級，依規則代號",
        "Levels of rules that are changed, by code",
        {},
        example={"orphan": {"level": "notice"}},
    )
    exceptions: tuple[RuleException, ...] = about(
        "檢查的例外，每個都要有理由和期限", "Exceptions from rules, each with a reason and a last day", ()
    )
    demo: Text | None = about(
        "展示用網站的聲明",
        "Notice that the site is a demonstration",
        None,
        example={"zh": "示範網站", "en": "Demonstration"},
    )

    def faults(self) -> Iterator[Fault]:
        keys = [language.key for language in self.languages]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield Fault("language-twice", ("languages", index, "key"), key)
        closed = -1
        for index, hours in enumerate(self.office_hours):
            opens, closes = hours.minutes
            if not closed < opens < closes:
                yield Fault("bad-hours", ("office_hours", index), hours, "hours")
            closed = closes

    @property
    def site_languages(self) -> Languages:
        return Languages(
            tuple(
                Language(key=own.key, tag=own.tag, name=own.name, prefix=f"{own.key}/" if index else "", index=index)
                for index, own in enumerate(self.languages)
            )
        )


KIND = Kind("site", Site, "site.yml", tabular=False)
