"""`offhook doctor`: what is wrong here and how to mend it. `premises` looks, `probing` tries with real programs."""
