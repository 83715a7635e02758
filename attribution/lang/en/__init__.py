"""English: cue, hedge and noun lexicons, and the grammar that needs code."""
