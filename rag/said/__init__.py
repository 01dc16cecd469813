"""What a sentence of an answer says: held against figures, quotes and documents, word by word."""
