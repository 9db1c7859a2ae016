"""Every link that the network will make is named, and a slip of the finger is told from a link."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from twelp.adapters.x.rules import RULES
from twelp.flow import gate
from twelp.flow.publish import linking
from twelp.model import Finding, Link

OWN = ("volt.com", "volt.it")


def named(text: str, own: Collection[str] = ()) -> tuple[Link, ...]:
    return linking.named(text, own, RULES)


def parted(text: str) -> str:
    return linking.parted(text, (), RULES)


def strange_links(links: Collection[Link], allowed: Collection[str]) -> Iterator[Finding]:
    return gate.strange_links(links, allowed=allowed, rules=RULES)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.com/a_b and example.org.", ["https://example.com/a_b", "example.org"]),
        ("See HTTPS://EXAMPLE.COM/A or EXAMPLE.COM", ["HTTPS://EXAMPLE.COM/A", "EXAMPLE.COM"]),
        ("🙂example.com🙂", ["example.com"]),
        ("twitch.tv, youtu.be/abc, www.volt.foo", ["twitch.tv", "youtu.be/abc", "www.volt.foo"]),
        ("请访问volt.com谢谢", ["volt.com"]),
        ("example.com twice: example.com", ["example.com"]),
        ("https://off.It/x", ["https://off.It/x"]),
    ],
)
def test_links_are_named_as_they_stand(text: str, links: list[str]) -> None:
    assert [link.words for link in named(text)] == links
    assert not any(link.instead for link in named(text))


@pytest.mark.parametrize(
    "text",
    [
        *("help@volt.com", "@handle.com", "#tag and #off.it", "$TSLA", "U.S.A. and e.g. this", "5.30 p.m. i.e. now"),
        *(
            "10:30:45",
            "v2.0",
            "C:\\dir",
            "setup.exe",
            "volt.example/help",
            "Restart.Then wait",
            "off. It",
            "3.14",
            "...",
        ),
    ],
)
def test_what_the_network_makes_no_link_of_is_not_named(text: str) -> None:
    assert named(text) == ()


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("It turns off.It restarts", "It turns off. It restarts"),
        ("done.Now press", "done. Now press"),
        ("settings.Am", "settings. Am"),
        ("fertig.Es geht", "fertig. Es geht"),
        ("(off.It, and)", "(off. It, and)"),
        ("see:off.It", "see:off. It"),
        ("off.It/she", "off. It/she"),
        ("That's.it then", "That's. it then"),
        ("関閉off.It然后", "関閉off. It然后"),
        ("\u0430pple.com", "\u0430pple. com"),  # a Cyrillic а, and a link to pple.com
        ("open.in.the menu", "open. in.the menu"),
    ],
)
def test_what_nobody_meant_as_a_link_must_be_changed_and_the_space_is_offered(text: str, instead: str) -> None:
    [link] = named(text)
    assert link.sure
    assert parted(text) == instead
    assert named(parted(text)) == ()
    [finding] = strange_links([link], allowed=())
    assert finding.blocks
    assert link.words in finding.message
    assert link.instead in finding.message


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("turns off.it restarts", "turns off. it restarts"),
        ("TURNS OFF.IT RESTARTS", "TURNS OFF. IT RESTARTS"),
        ("see readme.md", "see readme .md"),
        ("update.zip", "update .zip"),
        ("v2.in", "v2. in"),
        ("setup.py and off.is", "setup .py and off. is"),
        ("at 10.30.at", "at 10.30. at"),
        ("aus.es geht", "aus. es geht"),
    ],
)
def test_what_may_be_meant_is_offered_a_space_and_stops_nothing(text: str, instead: str) -> None:
    assert parted(text) == instead
    assert all(link.instead and not link.sure for link in named(text))
    assert list(strange_links(named(text), allowed=())) == []


def test_the_companys_own_domains_pass_and_are_named() -> None:
    links = named("volt.it, help.Volt.It and https://www.volt.com/a", OWN)
    assert [(link.words, link.known, link.instead) for link in links] == [
        ("volt.it", True, ""),
        ("help.Volt.It", True, ""),
        ("https://www.volt.com/a", True, ""),
    ]
    assert list(strange_links(links, allowed=OWN)) == []


def test_where_links_are_listed_another_one_is_looked_at_by_a_second_person() -> None:
    findings = list(strange_links(named("https://volt.com.evil.org and notvolt.com and volt.com", OWN), allowed=OWN))
    assert [finding.blocks for finding in findings] == [False, False]
    assert "volt.com.evil.org" in findings[0].message
    assert "notvolt.com" in findings[1].message


def test_a_name_in_other_letters_shows_where_it_leads() -> None:
    [link] = named("https://münchen.de/a")
    assert (link.words, link.host) == ("https://münchen.de/a", "xn--mnchen-3ya.de")
    [link] = named("xn--mnchen-3ya.de")
    assert link.host == "xn--mnchen-3ya.de"
