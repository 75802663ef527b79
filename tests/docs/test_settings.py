"""docs/reference/settings.md lists every setting, with its variable and its default, and no other."""

from dataclasses import fields

from offhook.roles.declarations import Account, Application, CallerId, Handset, Number, ShortCode, keys_of
from offhook.roles.settings import PREFIX, TABLES, Settings
from tests.docs.markdown_pages import codes, first_codes, read, rows, sections

PAGE = read("docs/reference/settings.md")


def documented() -> dict[str, list[str]]:
    """The rows of the table of settings, by the setting's name."""
    before_the_rest = PAGE.partition("\n## ")[0]
    return {codes(row[0])[0]: row for row in rows(before_the_rest)}


def test_every_setting_is_documented_and_nothing_else():
    assert list(documented()) == [item.name for item in fields(Settings)]


def test_the_variable_of_each_setting_is_right():
    for name, row in documented().items():
        assert codes(row[1]) == [PREFIX + name.upper()]


def test_the_default_of_each_setting_is_right():
    for item in fields(Settings):
        shown = documented()[item.name][2].strip("`")
        default = item.default
        assert shown == ("none" if default is None else str(default).lower() if default is False else str(default))


def test_each_setting_is_explained_in_the_program_s_words_or_more():
    for item in fields(Settings):
        explained = documented()[item.name][3].replace("`", "")
        first_words = item.metadata["meaning"].split()[:2]
        assert explained.split()[:2] == first_words, f"{item.name}: {explained!r}"


def test_the_sample_file_is_accepted(tmp_path):
    from offhook.roles.settings import load
    from tests.docs.markdown_pages import blocks

    (sample,) = blocks(sections(PAGE, 2)["An offhook.toml"], "toml")
    (tmp_path / "offhook.toml").write_text(sample.text)
    settings = load({}, {}, tmp_path)
    assert settings.port == 8080
    assert settings.log_level == "warning"


def test_every_table_of_declarations_is_documented_with_all_its_keys():
    tables = {"accounts": Account, "applications": Application, "numbers": Number}
    tables |= {"short_codes": ShortCode, "caller_ids": CallerId, "handsets": Handset}
    described = sections(sections(PAGE, 2)["Declarations"], 3)
    assert list(described) == [f"`[[{table}]]`" for table in TABLES]
    for table, kind in tables.items():
        assert sorted(first_codes(described[f"`[[{table}]]`"])) == sorted(keys_of(kind)), table
