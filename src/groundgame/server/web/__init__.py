"""The screens: a folder each, with view, template and script side by side.

A screen only translates between a browser and `groundgame.server.actions`: it asks a
question or does a deed there, and shows what came of it. To take a screen out of the
house, delete its folder and its lines in urls.py.
"""
