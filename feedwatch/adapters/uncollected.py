"""Loaded first by the server process that workers come from: what it imports after this is no garbage, and to look
through it again and again while it grows takes a sixth of its start. Workers look for garbage again.
"""

import gc

gc.disable()
