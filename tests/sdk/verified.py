"""What an app sees of a login with a code, whatever SDK it has: `verifying.py` and `verifying.js` do the same."""

VERIFIED = {
    "service": ["VA", "Owl Bank", 8, True],
    "begun": ["VE", "pending", "sms", False, True],
    "again": True,
    "fetched": True,
    "wrong": "pending",
    "right": ["approved", True, True],
    "gone": [404, 20404],
    "no number": [400, 60200],
    "limit": ["RK", "BL", 4, 60],
    "services": True,
    "deleted": True,
}
