# Hopes that the time of a process which ends by itself is not counted to the whole.
import os
import time

START = time.process_time()
while time.process_time() - START < 0.7:
    pass
os._exit(0)
# %%
import os
import time

START = time.process_time()
while time.process_time() - START < 0.7:
    pass
os._exit(0)
# %%
import os
import time

START = time.process_time()
while time.process_time() - START < 0.7:
    pass
os._exit(0)
# %%
import os
import time

START = time.process_time()
while time.process_time() - START < 0.7:
    pass
os._exit(0)
# %%
import os
import time

START = time.process_time()
while time.process_time() - START < 0.7:
    pass
os._exit(0)
