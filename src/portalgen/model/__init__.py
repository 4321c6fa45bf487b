"""The records: everything the content can say, frozen. The home of pydantic."""
