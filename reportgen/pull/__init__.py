"""The stage that asks the providers: plan, fetch side by side, land in turn, report."""
