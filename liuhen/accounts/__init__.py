"""Agencies, units, officers, certificates, roles and sign-in."""
