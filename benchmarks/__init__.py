"""Measurements of Kizuna on synthetic supply chains, beside a plain networkx and pyvis version."""
