"""What a replay says of its learning is counted from the rows, and the truth a recording brings teaches, too."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION
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
