"""A meeting to practise with: simulated people who do what their phones offer them."""
