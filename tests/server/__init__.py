"""The server, as organizers, canvassers, phones and strangers meet it."""
