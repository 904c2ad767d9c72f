"""One brand colour becomes a complete, readable colour ramp.

Invariant: whatever colour a tenant brings, text on the backgrounds made here
reaches 4.5:1 (WCAG 2.2, 1.4.3) and borders of controls reach 3:1 on white
(1.4.11). The steps are those of the NL Design System "basis" layer.
Guard: tests/frontend/test_thema.py.
"""

import math
import re

DEFAULT_THEME = "adviespunt"
DEFAULT_BRAND = "#0b5a72"

TEXT = 4.6
"""Contrast asked for text: the norm is 4.5, the rest is room for rounding."""
BORDER = 3.05
"""Contrast asked for borders of controls: the norm is 3."""

RECEPT = "1"
"""Goes up when the same colour gives other steps: a browser keeps what it got."""

WHITE = "#ffffff"
GROUPS = ("accent-1", "action-1", "action-2", "selected")
_HEX = re.compile(r"#[0-9a-f]{6}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Oklch = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two hex colours, between 1 and 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ramp(brand: str) -> dict[str, str]:
    """The 28 steps of a brand colour: 14 for light and 14 for dark surfaces.

    ``brand`` is ``#rrggbb``. Keys are NL Design System step names, such as
    ``bg-hover`` or ``inverse-color-default``. Raises ValueError for anything
    that is not a hex colour.
    """
    hexcolour = brand.lower()
    if not _HEX.fullmatch(hexcolour):
        raise ValueError(f"not a colour like #rrggbb: {brand!r}")
    light = _light_steps(hexcolour)
    dark = _dark_steps(light)
    return light | {f"inverse-{step}": colour for step, colour in dark.items()}


def theme_css(name: str, brand: str) -> str:
    """CSS that recolours the design system for ``<html class="thema-NAME">``."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a theme name: {name!r}")
    steps = ramp(brand)
    declarations = [
        f"--basis-color-{group}-{step}:{colour}"
        for group in GROUPS
        for step, colour in steps.items()
    ]
    return f".thema-{name}{{{';'.join(declarations)}}}\n"


def _light_steps(brand: str) -> dict[str, str]:
    _, chroma, hue = _to_oklch(brand)

    def tint(lightness: float, share: float) -> str:
        return _to_hex((lightness, chroma * share, hue))

    backgrounds = {
        "bg-document": WHITE,
        "bg-subtle": tint(0.98, 0.08),
        "bg-default": tint(0.955, 0.18),
        "bg-hover": tint(0.92, 0.28),
        "bg-active": tint(0.89, 0.35),
    }
    darkest = backgrounds["bg-active"]
    strong = _darken(brand, darkest, TEXT)
    stronger = _darken(strong, darkest, max(6.5, contrast(strong, darkest) * 1.25))
    return backgrounds | {
        "border-subtle": tint(0.82, 0.5),
        "border-default": _darken(tint(0.68, 0.8), WHITE, BORDER),
        "border-hover": strong,
        "border-active": strong,
        "color-subtle": _darken(tint(0.62, 0.8), backgrounds["bg-default"], TEXT),
        "color-default": strong,
        "color-hover": stronger,
        "color-active": stronger,
        "color-document": _darken(stronger, WHITE, 10.0),
    }


def _dark_steps(light: dict[str, str]) -> dict[str, str]:
    strong, stronger = light["color-default"], light["color-hover"]
    return {
        "bg-document": strong,
        "bg-subtle": light["color-document"],
        "bg-default": strong,
        "bg-hover": stronger,
        "bg-active": stronger,
        "border-subtle": light["border-default"],
        "border-default": light["bg-active"],
        "border-hover": WHITE,
        "border-active": WHITE,
        "color-subtle": light["bg-default"],
        "color-default": WHITE,
        "color-hover": WHITE,
        "color-active": WHITE,
        "color-document": WHITE,
    }


def _darken(colour: str, background: str, ratio: float) -> str:
    """The same hue, darkened until it stands out on the background."""
    lightness, chroma, hue = _to_oklch(colour)
    while contrast(colour, background) < ratio and lightness > 0:
        lightness = max(0.0, lightness - 0.005)
        colour = _to_hex((lightness, chroma, hue))
    return colour


def _linear(colour: str) -> tuple[float, float, float]:
    """Linear-light red, green and blue, each 0..1."""

    def channel(start: int) -> float:
        value = int(colour[start : start + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return channel(1), channel(3), channel(5)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> Oklch:
    """Lightness 0..1, chroma and hue (radians), after Ottosson's OKLab."""
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (
        1 / 3
    )
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _to_hex(colour: Oklch) -> str:
    """The nearest colour of the same lightness and hue that a screen can show."""
    lightness, chroma, hue = colour
    while True:
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if all(-1e-4 <= value <= 1.0001 for value in channels) or chroma < 1e-3:
            return "#" + "".join(_encode(value) for value in channels)
        chroma *= 0.97


def _encode(value: float) -> str:
    light = max(0.0, min(1.0, value))
    encoded = (
        12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    )
    return f"{round(255 * encoded):02x}"
