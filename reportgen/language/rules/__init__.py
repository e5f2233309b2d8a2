"""What a message must hold to: one module for each kind of rule, each rule in one place."""
