"""`offhook demo`: the main job, shown to a person.

`command` is the program from start to end, `staging` brings the players up (an Offhook, the app), `story` does what the
demo is about and reads back what became of it, `telling` shows it. Nothing is shown that was not read from the API.
"""
