"""机关、机构、执法人员、执法证、角色. What an entry relies on of these is frozen into the entry."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from liuhen.kernel.ids import new_id

ID = 32


class Agency(models.Model):
    """医疗保障局. Province, cities and counties form a tree; each has a log of its own."""

    id = models.CharField(primary_key=True, max_length=ID, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField("名称", max_length=100, unique=True)
    code = models.CharField("机关代字", max_length=20)
    region = models.CharField("行政区划代码", max_length=12)
    level = models.CharField(
        "层级", max_length=10, choices=[("province", "省级"), ("city", "市级"), ("county", "县级")]
    )
    superior = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="subordinates")
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)

    class Meta:
        ordering = ["region"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """机关的内设机构: enforcement, legal, office."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField(
        "类别",
        max_length=12,
        choices=[
            ("enforcement", "执法机构"),
            ("legal", "法制机构"),
            ("office", "综合机构"),
            ("leaders", "机关领导"),
        ],
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="accounts_unit_name")]

    def __str__(self) -> str:
        return self.name


class OfficerManager(BaseUserManager["Officer"]):
    """Makes officers; an officer without a password cannot sign in."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Officer":
        """A new officer."""
        officer = self.model(username=username, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer


class Officer(AbstractBaseUser):
    """工作人员: anybody of an agency who signs in."""

    id = models.CharField(primary_key=True, max_length=ID, default=new_id, editable=False)
    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    sex = models.CharField("性别", max_length=4, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="officers")
    post = models.CharField("职务", max_length=40, blank=True)
    is_active = models.BooleanField("在岗", default=True)
    must_change = models.BooleanField("须改密码", default=False)

    USERNAME_FIELD = "username"
    objects = OfficerManager()

    class Meta:
        ordering = ["agency", "unit", "id"]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """行政执法证 for as long as it is valid without a break: its number is provincial, a string without pattern."""

    key = models.CharField(max_length=80, unique=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="certificates")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField("执法证号", max_length=40)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止")
    area = models.CharField("执法区域", max_length=100)

    class Meta:
        ordering = ["valid_to"]


class RoleGrant(models.Model):
    """角色: held by an officer from a day, until a day or until further notice; as a substitute too."""

    key = models.CharField(max_length=80, unique=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField("角色", max_length=30)
    from_on = models.DateField("起始日")
    to_on = models.DateField("终止日", null=True, blank=True)

    class Meta:
        ordering = ["id"]


class Leave(models.Model):
    """请假: away from a day to a day, and who stands in."""

    key = models.CharField(max_length=80, unique=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="leaves")
    substitute = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="stands_in")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="leaves")
    from_on = models.DateField("起始日")
    to_on = models.DateField("终止日")
    reason = models.CharField("事由", max_length=500)

    class Meta:
        ordering = ["from_on", "id"]
