"""Tests of how HTTP drives the product."""
