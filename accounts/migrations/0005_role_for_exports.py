from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_role_for_sensitive_statuses")]

    operations = [
        migrations.AlterField(
            model_name="roleheld",
            name="role",
            field=models.CharField(
                choices=[
                    ("governance_lead", "Governance lead"),
                    ("equality_lead", "Equality lead"),
                    ("hr_editor", "HR, may change records"),
                    ("hr_viewer", "HR, may read records"),
                    ("hr_exporter", "HR, may also take records away as a file"),
                    ("hr_sensitive", "HR, may also see health and DBS statuses"),
                    ("platform_admin", "Platform administrator"),
                ],
                max_length=20,
            ),
        ),
    ]
