"""What may be written to a customer privately: their own data, but no secret, and nobody is asked for one."""

from __future__ import annotations

import pytest

from twelp.adapters.x import RULES
from twelp.flow import gate

SAID = "my order VE-482911 never came, mail mia.miller@example.com, card 4111 1111 1111 1111"


def findings(text: str, said: str = SAID) -> list[str]:
    return [one.rule for one in gate.check_private(text, said=said, left=100, rules=RULES)]


def blocks(text: str) -> bool:
    return any(one.blocks for one in gate.check_private(text, said=SAID, left=100, rules=RULES))


@pytest.mark.parametrize(
    "text",
    [
        "Please send us your order number and your address, then I look it up.",
        "Mia, your order VE-482911 left on Monday; the mail went to mia.miller@example.com.",
        "Never send us your password. You can reset your password under Settings.",
        "What are the last four digits of your card number?",
        "Bitte teilen Sie uns Ihre Bestellnummer mit; Ihr Passwort brauchen wir nicht.",
        "We will never ask you to send us your card number.",
    ],
)
def test_what_belongs_into_a_private_message_passes(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Please send us your password and I log in for you.",
        "Could you give me your full card number?",
        "What's your PIN?",
        "Just reply with your email and password.",
        "Bitte schicken Sie uns Ihr Passwort.",
        "Envíenos su contraseña por favor.",
        "Envoyez-nous votre mot de passe.",
        "请提供您的密码",
        "パスワードを教えてください",
        "שלחו לנו את הסיסמה",
    ],
)
def test_nobody_is_asked_for_a_secret(text: str) -> None:
    assert "asks for a secret" in findings(text)
    assert blocks(text)


def test_a_card_number_is_not_written_back_to_who_wrote_it() -> None:
    assert blocks("We refunded it to card 4111 1111 1111 1111.")
    assert blocks("Your password is hunter2-4711.")


def test_what_the_customer_did_not_write_is_looked_at_by_a_second_person() -> None:
    assert findings("Your order VE-771200 left on Monday.", said="where is it?") != []
