"""Roles: how we go about it, and who keeps us to the topic."""

from tests.core.story import LEADER, Story, said


def begun(*people: str) -> Story:
    story = Story(*people)
    story.to("roles")
    return story


def stands(story: Story) -> list[str]:
    return [said(line) for line in story.room["wanted"].lines]


def test_everyone_sees_which_roles_are_free():
    story = begun("Anna")
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert "Focus keeper – helps us back to the topic. Who would like to?" in screen
        assert "Scribe – writes for us. Who would like to?" in screen


def test_the_room_screen_shows_who_is_here():
    story = begun("Anna", "Bo")
    assert said(story.room["people"].label) == "In the meeting · 3"
    assert [p.name for p in story.room["people"].people] == ["Liv", "Anna", "Bo"]


def test_whoever_wants_a_free_role_takes_it_with_one_tap():
    story = begun("Anna", "Bo")
    story.presses("Anna", "I can be the focus keeper")
    assert stands(story)[0] == "Focus keeper: Anna"
    assert "I can be the focus keeper" not in story.phone("Bo").buttons
    assert "I can be the scribe" in story.phone("Bo").buttons


def test_a_role_that_somebody_is_asked_for_is_not_offered_to_others():
    story = begun("Anna", "Bo")
    story.presses(LEADER, "Ask to be the focus keeper")
    story.does(LEADER, "leave_role", role="viddevakt")
    story.does(LEADER, "ask_role", role="viddevakt", who="Anna")
    assert stands(story)[0] == "Focus keeper: Anna has been asked"
    assert "I can be the focus keeper" not in story.phone("Bo").buttons


def test_who_is_asked_answers_with_yes_or_no():
    story = begun("Anna")
    story.does(LEADER, "ask_role", role="viddevakt", who="Anna")
    assert "Will you be the focus keeper?" in story.phone("Anna")
    story.presses("Anna", "No, thank you")
    assert "Will you be the focus keeper?" not in story.phone("Anna")
    story.does(LEADER, "ask_role", role="viddevakt", who="Anna")
    story.presses("Anna", "Yes, I will")
    assert stands(story)[0] == "Focus keeper: Anna"


def test_ones_own_role_can_be_given_back():
    story = begun("Anna", "Bo")
    story.presses("Anna", "I can be the scribe")
    assert "I would rather not be the scribe" not in story.phone("Bo").buttons
    story.presses("Anna", "I would rather not be the scribe")
    assert stands(story)[1].startswith("Scribe – writes for us")


def test_nothing_is_offered_when_others_have_all_roles():
    story = begun("Anna", "Bo", "Eva")
    story.presses("Anna", "I can be the scribe")
    story.presses("Bo", "I can be the focus keeper")
    assert "volunteer" not in story.phone("Eva").blocks


def test_the_leader_goes_on_without_a_viddevakt_knowingly():
    story = begun("Anna")
    go_on = "Next phase: Round the table"
    question = "Nobody is the focus keeper. Move on all the same?"
    assert said(story.lead.act(go_on).sure) == question
    story.presses("Anna", "I can be the focus keeper")
    assert not story.lead.act(go_on).sure


def test_a_viddevakt_is_drawn_and_says_yes_or_no():
    story = begun("Anna", "Bo")
    story.presses("Anna", "I can be the scribe")
    story.presses(LEADER, "Draw a focus keeper")
    assert stands(story)[0] == "Focus keeper: Bo has been asked"  # neither leader nor scribe
    assert "Draw again" not in story.lead.buttons  # there is nobody else
    story.presses("Bo", "Yes, I will")
    assert stands(story)[0] == "Focus keeper: Bo"
    assert not {"Draw a focus keeper", "Draw again"} & {*story.lead.buttons}


def test_drawn_again_it_is_somebody_else_and_nobody_who_said_no():
    story = begun("Anna", "Bo", "Eva")
    story.presses(LEADER, "Draw a focus keeper")
    first = story.meeting.asked["viddevakt"]
    story.presses(LEADER, "Draw again")
    second = story.meeting.asked["viddevakt"]
    assert second != first
    story.presses(second, "No, thank you")
    for _ in range(6):
        story.does(LEADER, "draw_role", role="viddevakt")
        assert story.meeting.asked["viddevakt"] != second


def test_the_button_to_draw_is_the_leaders_alone():
    story = begun("Anna", "Bo")
    assert "Draw a focus keeper" in story.lead.buttons
    assert "Draw a focus keeper" not in story.phone("Anna").buttons + story.room.buttons


def test_a_viddevakt_who_gives_the_role_back_here_is_asked_for_by_the_phase_itself():
    story = begun("Anna", "Bo")
    story.presses("Anna", "I can be the focus keeper")
    story.presses("Anna", "I would rather not be the focus keeper")
    assert "vacant" not in story.lead.blocks
    assert story.lead.buttons.count("Draw a focus keeper") == 1
    assert "I can be the scribe" in story.phone("Bo").buttons
    assert "needs a new focus keeper" not in story.phone("Bo")


def test_a_recipe_that_wants_no_viddevakt_asks_for_none():
    agenda = {**Story().meeting.phases[0].model_dump(), "wanted": ("scribe",)}
    story = Story("Anna", agenda=(agenda,))
    story.to("roles")
    assert [line.split(" ")[0] for line in stands(story)] == ["Scribe"]
    assert "Draw a focus keeper" not in story.lead.buttons
    assert not story.lead.act("To the result").sure


def test_the_roles_leave_nothing_in_the_result():
    story = begun("Anna")
    story.to("result")
    assert "wanted" not in story.phone("Anna").blocks | story.room.blocks
