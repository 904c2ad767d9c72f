"""A tenant brings one colour; everything made from it can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants import thema

TEXT, BORDER = 4.5, 3.0
SURFACES = ("bg-document", "bg-subtle", "bg-default", "bg-hover", "bg-active")
STATES = ("default", "hover", "active")
STEPS = {
    *SURFACES,
    "border-subtle",
    "border-default",
    "border-hover",
    "border-active",
    "color-subtle",
    "color-default",
    "color-hover",
    "color-active",
    "color-document",
}

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert thema.contrast("#000000", "#ffffff") == 21.0
    assert thema.contrast("#777777", "#777777") == 1.0
    assert round(thema.contrast("#777777", "#ffffff"), 2) == 4.48


@given(colours)
def test_text_is_readable_on_every_light_surface(brand: str) -> None:
    steps = thema.ramp(brand)
    worst = min(
        thema.contrast(steps[f"color-{shade}"], steps[surface])
        for shade in (*STATES, "document")
        for surface in SURFACES
    )
    assert worst >= TEXT


@given(colours)
def test_soft_text_is_readable_on_quiet_surfaces(brand: str) -> None:
    steps = thema.ramp(brand)
    worst = min(
        thema.contrast(steps["color-subtle"], steps[surface])
        for surface in ("bg-document", "bg-subtle", "bg-default")
    )
    assert worst >= TEXT


@given(colours)
def test_text_on_a_button_is_readable_in_every_state(brand: str) -> None:
    steps = thema.ramp(brand)
    worst = min(
        thema.contrast(steps[f"inverse-color-{text}"], steps[f"inverse-bg-{state}"])
        for text in (*STATES, "document", "subtle")
        for state in (*STATES, "document", "subtle")
    )
    assert worst >= TEXT


@given(colours)
def test_borders_of_controls_stand_out(brand: str) -> None:
    steps = thema.ramp(brand)
    on_white = [thema.contrast(steps[f"border-{s}"], "#ffffff") for s in STATES]
    on_button = [
        thema.contrast(steps[f"inverse-border-{s}"], steps[f"inverse-bg-{s}"])
        for s in STATES
    ]
    assert min(on_white + on_button) >= BORDER


@given(colours)
def test_the_ramp_has_every_step_of_the_design_system(brand: str) -> None:
    steps = thema.ramp(brand)
    assert set(steps) == STEPS | {f"inverse-{step}" for step in STEPS}
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in steps.values())


def test_a_dark_enough_brand_is_kept_as_it_is() -> None:
    assert thema.ramp("#0B5A72")["color-default"] == "#0b5a72"


def test_a_light_brand_keeps_its_hue() -> None:
    red, green, blue = (
        int(thema.ramp("#ffcc00")["color-default"][place : place + 2], 16)
        for place in (1, 3, 5)
    )
    assert red > green > blue


@pytest.mark.parametrize("wrong", ["", "red", "#fff", "#12345g", "#1234567", "123456"])
def test_anything_else_than_a_hex_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="colour"):
        thema.ramp(wrong)


@pytest.mark.parametrize("wrong", ["", "A", "a b", "a{", "-a", "a--b", "é"])
def test_a_theme_name_cannot_break_out_of_its_selector(wrong: str) -> None:
    with pytest.raises(ValueError, match="theme name"):
        thema.theme_css(wrong, "#0b5a72")


def test_the_theme_recolours_the_four_groups_under_its_own_class() -> None:
    css = thema.theme_css("voorbeeldstad", "#147d64")
    selector, body = css.strip().removesuffix("}").split("{")
    names = [declaration.split(":")[0] for declaration in body.split(";")]
    assert selector == ".thema-voorbeeldstad"
    assert names == [
        f"--basis-color-{group}-{step}"
        for group in ("accent-1", "action-1", "action-2", "selected")
        for step in thema.ramp("#147d64")
    ]
