"""What every screen of a meeting has around its phase."""
