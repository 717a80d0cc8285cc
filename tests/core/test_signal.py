"""The viddevakt's signal: first a quiet sign to the leader, at the second press the band."""

from facilitator.core.signal import BAND, ONE, QUIET

from .story import LEADER, Story, said


def guarded(**plan: object) -> Story:
    story = Story("Anna", "Bo", **plan)
    story.does("Anna", "take_role", role="viddevakt")
    story.to("round")
    return story


def test_the_first_press_is_seen_by_the_leader_alone():
    story = guarded()
    story.does("Anna", "signal", reason="speaking")
    assert "signal" not in story.room.blocks | story.phone("Bo").blocks
    assert "sign" in story.lead.blocks
    assert "Speaking time" in story.lead
    assert "The chair has been given a quiet sign." in story.phone("Anna")


def test_the_second_press_is_a_band_on_every_screen():
    story = guarded()
    story.does("Anna", "signal")
    story.wait(90)
    story.does("Anna", "signal")
    for screen in (story.room, story.phone("Bo")):
        assert said(screen["signal"].title) == "Back to the topic"
        assert said(screen["signal"].question) == "What matters most?"
        assert (screen["signal"].at, screen["signal"].seconds) == (story.at, BAND)


def test_the_band_names_neither_sender_nor_anybody_else():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal", reason="speaking")
    band = story.room["signal"]
    assert not {"Anna", "Bo", "Liv"} & set(said(band.title).split() + said(band.question).split())
    assert band.acts == ()


def test_a_recipe_may_show_the_band_at_once():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal")
    assert "signal" in story.room.blocks


def test_two_presses_within_a_minute_are_one_signal():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal")
    shown = story.room["signal"].at
    story.wait(BAND - 1)
    story.does("Anna", "signal", reason="time")
    assert story.room["signal"].at == shown
    story.wait(BAND)
    story.does("Anna", "signal")
    assert len(story.meeting.signals) == 1
    assert story.room["signal"].at == story.at
    story.wait(ONE)
    story.does("Anna", "signal")
    assert len(story.meeting.signals) == 2


def test_the_band_fades_by_itself():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal")
    (signal,) = story.meeting.signals
    assert signal.shows_band(story.at + BAND - 1)
    assert not signal.shows_band(story.at + BAND)


def test_the_leader_clears_it_for_everyone():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal")
    story.refused("Anna", "clear_signal", "leader_only")
    story.presses(LEADER, "All right, clear it")
    assert "signal" not in story.room.blocks
    assert "sign" not in story.lead.blocks


def test_clearing_when_nothing_was_signalled_changes_nothing():
    story = guarded()
    story.refused(LEADER, "clear_signal", "stale")
    assert story.meeting.signals == ()


def test_a_signal_does_not_follow_into_the_next_phase():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal")
    story.to("evaluate")
    assert "signal" not in story.room.blocks
    assert "sign" not in story.lead.blocks


def test_a_press_in_a_new_phase_is_never_swallowed_by_the_last_ones_signal():
    story = guarded(signal_at_once=True)
    story.does("Anna", "signal")
    story.wait(10)
    story.to("evaluate")
    story.wait(10)
    story.does("Anna", "signal")
    assert said(story.room["signal"].title) == "Back to the topic"


def test_only_viddevakt_and_leader_signal():
    story = guarded()
    story.refused("Bo", "signal", "viddevakt_only")
    story.refused("Eve", "signal", "viddevakt_only")
    story.does(LEADER, "signal")


def test_there_is_nothing_to_come_back_to_before_and_after_the_phases():
    story = Story()
    story.refused(LEADER, "signal", "not_running")
    story.to("result")
    story.refused(LEADER, "signal", "not_running")


def test_a_signal_cleared_too_soon_comes_back_and_is_still_one():
    story = guarded()
    story.does("Anna", "signal")
    story.does("Anna", "signal")
    story.does(LEADER, "clear_signal")
    story.wait(10)
    story.does("Anna", "signal")
    assert len(story.meeting.signals) == 1
    assert story.meeting.signals[0].shows_band(story.at)


def test_a_quiet_sign_the_leader_no_longer_has_is_followed_by_a_new_one():
    story = guarded()
    story.does("Anna", "signal")
    assert story.phone("Anna")["sign"].until == story.at + QUIET
    story.wait(QUIET)
    story.does("Anna", "signal")
    assert "signal" not in story.room.blocks
    assert len(story.meeting.signals) == 2


def test_the_reason_given_first_is_kept_by_the_big_button():
    story = guarded()
    story.does("Anna", "signal", reason="speaking")
    story.does("Anna", "signal")
    assert [s.reason for s in story.meeting.signals] == ["speaking"]


def test_the_leaders_own_key_is_the_same_button():
    story = guarded()
    act = next(act for act in story.lead.acts if act.key == "v")
    for _ in range(2):
        story.does(LEADER, act.verb, **dict(act.args))
    assert "signal" in story.room.blocks
