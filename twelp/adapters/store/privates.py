"""Private cases; `twelp.ports.private` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from twelp.adapters.store import columns
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import privates as queries
from twelp.model import Kind, MessageState, PrivateCase, PrivateCopy, PrivateMessage, PrivateState
from twelp.texts.catalogue import line, read


class PrivateTx(Base):
    """The part of a transaction that is about private cases."""

    def add_private_case(self, case: PrivateCase) -> bool:
        """A new case; False (and nothing done) where it is there."""
        return self._add_once(queries.ADD, _case_row(case)) is not None

    def private_case(self, case_id: str) -> PrivateCase | None:
        """The case, or None."""
        row = self._first(queries.ONE, {"its_case": case_id})
        return None if row is None else _case(row)

    def private_case_of(self, question_id: str) -> PrivateCase | None:
        """The case that goes on under this question, or that it stands for."""
        its = {"its_question": question_id}
        row = self._first(queries.OF_QUESTION, its) or self._first(queries.OF_ALARM, its)
        return None if row is None else _case(row)

    def move_private_case(self, case: PrivateCase, **changes: Any) -> PrivateCase | None:
        """Compare-and-set on `version`."""
        moved = replace(case, version=case.version + 1, **changes)
        whole = _case_row(moved)
        written = {name: whole[name] for name in (*changes, "version")}
        same = {"its_case": case.id, "its_version": case.version}
        return moved if self._changed(queries.MOVE, {**written, **same}) else None

    def add_private_message(self, message: PrivateMessage) -> PrivateMessage | None:
        """A new message, with its number; None where one with its remote id is there."""
        number = self._add_once(queries.SAY, _message_row(message))
        return None if number is None else replace(message, id=int(number))

    def private_messages(self, case_id: str) -> Sequence[PrivateMessage]:
        """All messages of a case, oldest first."""
        return [_message(row) for row in self._all(queries.SAID, {"its_case": case_id})]

    def private_message(self, message_id: int) -> PrivateMessage | None:
        """One message."""
        row = self._first(queries.MESSAGE, {"its_id": message_id})
        return None if row is None else _message(row)

    def set_private_message(
        self, message: PrivateMessage, state: MessageState, **changes: Any
    ) -> PrivateMessage | None:
        """Compare-and-set on `state`."""
        changed = replace(message, state=state, **changes)
        whole = _message_row(changed)
        names = {"remote" if name == "remote_id" else name for name in changes} | {"state"}
        same = {"its_id": message.id, "its_state": message.state.value}
        written = {name: whole[name] for name in sorted(names)}
        return changed if self._changed(queries.SET_MESSAGE, {**written, **same}) else None

    def add_private_copy(self, case_id: str, person: str) -> PrivateCopy:
        """A new card of the case for this person, not in Slack yet."""
        row = {"case_id": case_id, "person": person, "is_open": True, "channel": "", "ts": "", "shown": -1}
        return PrivateCopy(int(self._add_once(queries.COPY, row)), case_id, person)

    def private_copy(self, copy_id: int) -> PrivateCopy | None:
        """One card."""
        row = self._first(queries.ONE_COPY, {"its_id": copy_id})
        return None if row is None else _copy(row)

    def private_copies(self, case_id: str) -> Sequence[PrivateCopy]:
        """All cards of a case, in the order they were made."""
        return [_copy(row) for row in self._all(queries.COPIES, {"its_case": case_id})]

    def set_private_copy(self, copy_id: int, **changes: Any) -> None:
        """Changes a card."""
        self._do(queries.SET_COPY, {**changes, "its_id": copy_id})


def _case_row(case: PrivateCase) -> dict[str, Any]:
    return {
        "id": case.id,
        "network": case.network,
        "person": case.person,
        "handle": case.handle,
        "state": case.state.value,
        "opened_at": case.opened_at,
        "question": case.question,
        "owner": case.owner,
        "kind": case.kind.value,
        "wrote_at": case.wrote_at,
        "alarm": case.alarm,
        "version": case.version,
    }


def _case(row: Any) -> PrivateCase:
    return PrivateCase(
        id=row.id,
        network=row.network,
        person=row.person,
        handle=row.handle,
        state=PrivateState(row.state),
        opened_at=row.opened_at,
        question=row.question,
        owner=row.owner,
        kind=Kind(row.kind),
        wrote_at=row.wrote_at,
        alarm=row.alarm,
        version=row.version,
    )


def _message_row(message: PrivateMessage) -> dict[str, Any]:
    return {
        "case_id": message.case,
        "ours": message.ours,
        "text": columns.held(message.text),
        "at": message.at,
        "state": message.state.value,
        "author": message.author,
        "remote": message.remote_id,
        "pictures": message.pictures,
        "until": message.until,
        "reason": line(message.reason),
        "removed_at": message.removed_at,
    }


def _message(row: Any) -> PrivateMessage:
    return PrivateMessage(
        id=row.id,
        case=row.case_id,
        ours=bool(row.ours),
        text=row.text,
        at=row.at,
        state=MessageState(row.state),
        author=row.author,
        remote_id=row.remote,
        pictures=row.pictures,
        until=row.until,
        reason=read(row.reason),
        removed_at=row.removed_at,
    )


def _copy(row: Any) -> PrivateCopy:
    return PrivateCopy(row.id, row.case_id, row.person, bool(row.is_open), row.channel, row.ts, row.shown)
