"""Someone may be at a meeting as another's deputy, and count or not as the body's rule says."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reply',
            name='as_deputy',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='reply',
            name='counts',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('as_deputy', True), ('counts', True), _connector='OR'), name='who_has_a_seat_counts'),
        ),
    ]
