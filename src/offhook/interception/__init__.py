"""How programs that were written for Twilio reach Offhook without being changed.

Two ways, and both end at the same two ports:

* nothing is changed in the program. `environment.compose` gives a child process variables that send it here: a
  proxy (`proxy.Proxy`) that keeps only Twilio's names, a Python and a Node start-up file (`shim/`) for clients
  that ignore proxies, and CA bundles (`bundles.write_bundles`) that trust the local CA (`authority.Authority`).
* one line is changed. `patching.patch(client)` points a twilio-python client at the single origin.

`hosts` says which names are Twilio's. Nothing is imported here, so that `offhook.patch` stays light.
"""
