"""What people decide: the ledger, the spreadsheets that go out and come back, and what a decision changes in a graph."""
