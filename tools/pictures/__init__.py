"""Pictures and judgements of the page, of an invented week."""
