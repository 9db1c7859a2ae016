"""What a replay says of its learning is counted from the rows, and the truth a recording brings teaches, too."""

from __future__ import annotations

from pathlib import Path

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION
from twelp.cli import replay
from twelp.cli.learning_curve import LearningCurve, told
from twelp.cli.recorded import Recorded


def test_a_replay_tells_in_fifths_whether_the_right_people_were_asked_first(quick_scene: Scene, capsys):
    scene = quick_scene
    texts = [(QUESTION, "tv"), ("@VoltHelp why does my tv screen hum so low?", "audio"), ("@VoltHelp thanks!", "")]
    posts = [Recorded(n, str(n), "c", text, None, None, topic) for n, (text, topic) in enumerate(texts)]
    ids = {post.id: scene.post(post.text, f"c{post.id}") for post in posts}
    school = LearningCurve(scene.running_house, posts, ids)
    for number, post_id in enumerate([ids["0"], ids["1"]]):
        scene.answer(scene.asked(post_id)[0], f"Unplug it for {number + 2} minutes.", post_id)
        scene.pass_time(minutes=2)
    school.put_right()
    school.put_right()
    assert scene.look(lambda tx: [topic for _, _, topic in tx.learned()]) == ["tv", "audio"]
    report = school.report()
    assert report["corrected"] == 1
    first, second, *rest = (part for part in report["fifths"] if part["questions"])
    assert rest == []
    right = {"questions": 1, "answers_by_first_asked": 1.0, "first_asked_who_answered": 0.333}
    assert first == {**right, "right_topic_first": 1.0, "right_people_first": 1.0}
    assert second["right_topic_first"] == 0.0
    told(report)
    assert "1 topics put right" in capsys.readouterr().out
    told(report, report)
    assert capsys.readouterr().out.count("by words alone") == 4


def test_a_replay_beside_words_alone_gives_both_and_fails_where_either_lost_a_post(monkeypatch, capsys):
    monkeypatch.chdir(Path(__file__).parents[2])
    asked = []

    def replayed(settings, *_, **__):
        asked.append((settings.semantic, settings.database_url))
        part = {"questions": 2, "right_people_first": 0.5 if settings.semantic == "words" else 1.0}
        lost = int(settings.semantic == "words")
        return {"lost": lost, "duplicates": 0, "seconds": 1.0, "learning": {"corrected": 0, "fifths": [part] * 5}}

    monkeypatch.setattr(replay, "_replayed", replayed)
    file = Path("tests/data/posts.csv")
    assert replay.replay(file, limit=2, real_limits=False, as_json=False) == 0
    assert replay.replay(file, limit=2, real_limits=False, as_json=False, beside_words=True) == 1
    assert asked[-1] == ("words", None)
    told = capsys.readouterr().out
    assert "right_people_first                         1.0   1.0" in told
    assert "  by words alone                           0.5   0.5" in told
    assert "by words alone lost 1, duplicates 0" in told
