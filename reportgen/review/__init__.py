"""The reviewer: rules that a built brief must hold, read from its pages and its facts alone."""
