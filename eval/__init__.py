"""Measures the product: question sets, and benchmarks against what people would use instead."""
