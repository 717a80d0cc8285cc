"""Whole meetings as each version stored them: a folder per version, which is never changed again.

`python -m tests.journals` keeps today's, in a folder of the version in pyproject.toml. When a
stored event or a kind of phase changes its shape, a test asks for that. As long as CHANGELOG.md
calls the version unreleased its folder is made anew; a released one stays: raise the version first.
"""
