"""One module per command: parse, call one public function, write."""
