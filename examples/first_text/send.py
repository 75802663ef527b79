from twilio.rest import Client

client = Client("ACxxxxxxxxxxxxxx", "zzzzzzzzzzzzz")
message = client.messages.create(
    to="+19732644152",
    from_="+12023358536",
    body="Hello from Python!",
)
print(message.sid)
