"""What can be certified, by whom and where: dispositifs, habilitations, qualifications, plateformes."""
