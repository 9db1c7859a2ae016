"""A newcomer plays the town by its pages alone, without script: asks, is asked, answers, sees it public, thanks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Stage

pytestmark = pytest.mark.only_on("sqlite", reason="a browser sees no database")


class Page:
    """A page, and its forms as somebody without script uses them."""

    def __init__(self, scene: Scene, client: httpx.Client) -> None:
        self._scene, self._client = scene, client
        self.text = ""

    def open(self, address: str) -> Page:
        answer = self._client.get(address)
        assert answer.status_code == 200
        self.text, self.address = answer.text, str(answer.url)
        return self

    def again(self) -> Page:
        self._scene.settle()
        return self.open(self.address)

    def press(self, label: str, near: str = "", **typed: str) -> Page:
        """Presses the button with this label in the first form that has it and holds `near`."""
        for form in re.findall(r"<form.*?</form>", self.text, re.DOTALL):
            button = re.search(rf"<button([^>]*)>\s*{re.escape(label)}\s*</button>", form)
            if button and near in form:
                break
        else:
            raise AssertionError(f"no button {label!r} in {self.text}")
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        named = dict(re.findall(r'(\w+)="([^"]*)"', button[1]))
        if "name" in named:
            fields[named["name"]] = named["value"]
        names = re.findall(r'<(?:textarea|input id)[^>]*?name="([^"]+)"', form)
        fields |= {name: text for name in names for text in typed.values()}
        action = re.search(r'action="([^"]+)"', form)
        assert action
        data = {html.unescape(name): html.unescape(value) for name, value in fields.items()}
        answer = self._client.post(action[1], data=data)
        assert answer.status_code == 200, answer.text
        self.text, self.address = answer.text, str(answer.url)
        self._scene.settle()
        return self.again()


@pytest.fixture
def page(scene: Scene) -> Iterator[Page]:
    with httpx.Client(base_url=scene.url, trust_env=False, follow_redirects=True, timeout=20) as client:
        yield Page(scene, client)


def test_the_whole_way_by_forms_alone(scene: Scene, page: Page):
    page.open("/town").press("Post", text=QUESTION)
    post_id = re.search(r"q=(\d+)", page.address)
    assert post_id
    scene.listen()
    page.again()
    assert page.text.count("has the card") == 3
    page.open(f"{page.address}&as=ann")
    assert "Can you answer this?" in page.text
    page.press("Answer", near=post_id[1])
    assert 'role="dialog"' in page.text
    page.press("Preview", answer="Ask @bob_roe, he knows it.")
    assert 'role="alert"' in page.text
    page.press("Preview", answer=ANSWER)
    assert f"{ANSWER} ^AL" in page.text
    page.press("Post publicly")
    assert 'role="dialog"' not in page.text
    assert scene.stage(post_id[1]) is Stage.HELD
    scene.pass_time(seconds=90)
    assert scene.stage(post_id[1]) is Stage.PUBLISHED
    page.again()
    assert f"{ANSWER} ^AL" in page.text
    reply = next(post["id"] for post in scene.ours())
    page.open(f"{page.address}&reply={reply}").press("Reply", near="composer", text="thank you, that worked!")
    scene.listen()
    assert "thank" in scene.told("ann").lower() or any("thank" in str(m).lower() for m in scene.cards("ann"))


def test_a_required_field_that_was_left_empty_is_told_below_it(scene: Scene, page: Page):
    post_id = scene.post(QUESTION)
    page.open(f"/town?as=ann&q={post_id}").press("Answer", near=post_id).press("Preview")
    assert "complete this required field" in page.text


def test_whoever_presses_while_the_app_is_gone_is_told(scene: Scene, page: Page):
    post_id = scene.post(QUESTION)
    page.open(f"/town?as=ann&q={post_id}")
    scene.close()
    answer = httpx.post(
        f"{scene.url}/town/act/write",
        data={"place": "as=ann", "text": "/twelp status"},
        follow_redirects=True,
        timeout=20,
        trust_env=False,
    )
    assert 'class="note"' in answer.text


def test_the_home_tab_is_drawn_and_its_buttons_work(scene: Scene, page: Page):
    page.open("/town?as=ann").press("Home")
    page.again()
    assert "Pause for today" in page.text
    page.press("Pause for today")
    page.again()
    assert "Resume" in page.text


def test_the_home_tab_has_an_address(scene: Scene, page: Page):
    page.open("/town?as=bob&tab=home").again()
    assert "Pause for today" in page.text


def test_a_command_typed_as_a_message_is_a_command(scene: Scene, page: Page):
    scene.post(QUESTION)
    page.open("/town?as=ann").press("Send", near='id="say"', text="/twelp status")
    assert "only visible to you" in page.text


def test_what_was_said_in_a_thread_is_suggested_as_an_answer(scene: Scene, page: Page):
    post_id = scene.post(QUESTION)
    page.open(f"/town?as=ann&q={post_id}").press("Send", near='name="thread"', text=ANSWER)
    page.press("Suggest as answer")
    assert 'role="dialog"' in page.text
    assert ANSWER in page.text
