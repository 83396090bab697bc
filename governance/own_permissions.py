"""What may be done about breaks, deputies and seats that fall empty. Bound in oxleas_coprod/permissions.py.

One's own seat needs no permission: the pages find no seat but the reader's.
"""

from core.permissions import Permission

SEE_VACANCIES = Permission("governance.see_vacancies", "see which seats need someone")
SET_DEPUTIES = Permission("governance.set_deputies", "say if deputies count in this group")
