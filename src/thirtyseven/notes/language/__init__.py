"""The language of notes: words, numbers, dates, phrases, and how something is said."""
