"""Small words every floor may use. Standard library and phonenumbers only."""
