"""What users see: one vertical slice for each of Twilio's products, and one for the simulated network's people."""
