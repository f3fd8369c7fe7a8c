"""Single elements of SVG, without colours: the classes of the style sheet decide what they look like."""

from html import escape


def short(number: float) -> str:
    return f"{round(number, 1):g}"


def point(at: tuple[float, float]) -> str:
    return f"{short(at[0])} {short(at[1])}"


def rect(x: float, y: float, width: float, height: float, style: str, fill: str = "") -> str:
    painted = f' fill="{fill}"' if fill else ""
    place = f'x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"'
    return f'<rect class="{style}" {place} rx="3"{painted}/>'


def text(x: float, y: float, said: str, size: float, style: str) -> str:
    chosen = f' class="{style}"' if style else ""
    return f'<text{chosen} x="{short(x)}" y="{short(y)}" font-size="{short(size)}">{escape(said)}</text>'
