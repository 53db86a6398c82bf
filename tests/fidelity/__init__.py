"""The table of behaviours: what AWS answers, what stock moto does, and what ours does."""
